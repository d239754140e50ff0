package org.meterledger.simulators.g13;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The uploaded image and the update of meters (N24 to N27). One meter after the other. */
final class Firmware {
  /** Most meters of one request. */
  static final int METERS = 10;

  /** How long the update of one meter takes, in s. */
  static final long SECONDS_PER_METER = 120;

  enum State {
    PENDING,
    SUCCESS,
    FAILED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Job(G13Meter meter, long due) {}

  private final Map<String, State> states = new LinkedHashMap<>();
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private boolean image;

  void upload() {
    image = true;
  }

  boolean hasImage() {
    return image;
  }

  void start(Iterable<G13Meter> meters, long now) {
    states.clear();
    long due = now;
    for (G13Meter meter : meters) {
      due += SECONDS_PER_METER;
      states.put(meter.settings.serial(), State.PENDING);
      jobs.put(meter.settings.serial(), new Job(meter, due));
    }
  }

  void advance(long now) {
    jobs.values().stream().filter(job -> job.due() <= now).forEach(this::finish);
    jobs.values().removeIf(job -> job.due() <= now);
  }

  private void finish(Job job) {
    G13Meter meter = job.meter();
    boolean updated = meter.answers();
    if (updated) {
      meter.firmwareVersion = next(meter.firmwareVersion);
    }
    states.put(meter.settings.serial(), updated ? State.SUCCESS : State.FAILED);
  }

  /** The version after this: the last number is one more. */
  static String next(String version) {
    int dot = version.lastIndexOf('.');
    return version.substring(0, dot + 1) + (Integer.parseInt(version.substring(dot + 1)) + 1);
  }

  boolean running() {
    return !jobs.isEmpty();
  }

  Map<String, State> states() {
    return states;
  }

  /** 0 not initiated, 1 in progress, 2 completed. */
  int progress() {
    return states.isEmpty() ? 0 : running() ? 1 : 2;
  }
}
