package org.meterledger.simulators.dmed4;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A charging station that uses its meter along a plan, as if by Modbus but at once. */
final class Station {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int OFFSET_MINUTES = 60;
  private static final long CENTIVOLTS = 40_250;

  private final Dmed4Meter meter;
  private final ChargingPlan plan;
  private final Deque<ChargingPlan.Step> steps = new ArrayDeque<>();
  private long day;
  private boolean charging;

  Station(Dmed4Settings settings, Dmed4Meter meter) {
    this.meter = meter;
    this.plan = new ChargingPlan(settings);
    long commissioned = settings.commissioned().toEpochMilli();
    // From the first whole day on, so that no charge is under way at the beginning.
    this.day = Math.floorDiv(commissioned + DAY - 1, DAY);
  }

  /** Does all that is due by a time. */
  void workUntil(long millis) {
    while (true) {
      if (steps.isEmpty()) {
        if (day * DAY > millis) {
          return;
        }
        steps.addAll(plan.day(day++));
      } else if (steps.peek().millis() > millis) {
        return;
      } else {
        ChargingPlan.Step step = steps.remove();
        meter.measurement.advance(step.millis());
        work(step, Instant.ofEpochMilli(step.millis()));
      }
    }
  }

  private void work(ChargingPlan.Step step, Instant at) {
    if (step.action() == ChargingPlan.Action.BEGIN) {
      charging = begin(step, at);
    }
    if (!charging) {
      return;
    }
    meter.measurement.load(step.watts(), step.watts() == 0 ? 0 : CENTIVOLTS);
    // Somebody else may have ended the cycle; the car is charged all the same.
    if (meter.cycle.isCharging()) {
      switch (step.action()) {
        case INTERMEDIATE -> meter.cycle.command(ChargeCommand.INTERMEDIATE, at, true);
        case END -> meter.cycle.command(ChargeCommand.END, at, true);
        default -> {
          // The power alone changes.
        }
      }
    }
  }

  /** Whether the meter was free. */
  private boolean begin(ChargingPlan.Step step, Instant at) {
    if (meter.cycle.isCharging() || meter.cycle.isPrepared()) {
      return false;
    }
    meter.clock.setOffset(OFFSET_MINUTES);
    meter.clock.set(at, at.getEpochSecond());
    meter.cycle.submit(Dmed4Meter.ascii(input(step.identification())), at);
    meter.cycle.command(ChargeCommand.BEGIN, at, true);
    return true;
  }

  private String input(String identification) {
    return "{\"FV\":\"1.0\",\"GI\":\"Meterledger simulated station\",\"GS\":\""
        + meter.settings().serialNumber()
        + "\",\"GV\":\"1.0\",\"IS\":true,\"IL\":\"VERIFIED\",\"IF\":[\"RFID_PLAIN\"],"
        + "\"IT\":\"ISO14443\",\"ID\":\""
        + identification
        + "\",\"TT\":\"\",\"RD\":[]}";
  }
}
