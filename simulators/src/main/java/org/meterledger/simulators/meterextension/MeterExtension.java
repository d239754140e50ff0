package org.meterledger.simulators.meterextension;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.meterledger.simulators.FaultQueue;
import org.meterledger.simulators.Traffic;
import org.meterledger.simulators.meterextension.ConnectedMeter.Told;
import org.meterledger.simulators.meterextension.ConnectedMeter.Value;

/**
 * One simulated box: what it hears, how it is set, its faults. Safe for several threads.
 *
 * <p>What it is told to fetch or to post it only notes ({@link #errands}); nothing leaves it.
 */
public final class MeterExtension {
  private static final Duration RESTART = Duration.ofSeconds(8);

  private final Settings settings;
  private final InstantSource clock;
  private final List<ConnectedMeter> meters;
  private final List<Errand> errands = new ArrayList<>();
  private final FaultQueue<Fault> faults = new FaultQueue<>();
  private final Traffic traffic = new Traffic();
  private Network network;
  private String meterKey;
  private Instant awayUntil = Instant.MIN;
  private volatile Duration latency = Duration.ZERO;

  /**
   * How a box is built and set up.
   *
   * @param mac twelve hexadecimal digits
   * @param address in its network, as it tells it
   * @param meters whose telegrams it hears, in the order in which it tells them
   * @param meterKey that the encrypted ones among them want
   * @param keySet whether the box has been told that key
   */
  public record Settings(
      String mac,
      String model,
      String softwareVersion,
      String hardwareVersion,
      String address,
      List<ConnectedMeter.Settings> meters,
      String meterKey,
      boolean keySet) {

    public Settings {
      meters = List.copyOf(meters);
    }

    /** A box of today's firmware that has its key. */
    public static Settings of(String mac, List<ConnectedMeter.Settings> meters) {
      return new Settings(
          mac,
          "MeterExtension #1",
          "1.0.18",
          "1.2",
          "192.168.0.158",
          meters,
          "000102030405060708090a0b0c0d0e0f",
          true);
    }

    /** The same, but it has not been told the key of its meter. */
    public Settings withoutKey() {
      return new Settings(
          mac, model, softwareVersion, hardwareVersion, address, meters, meterKey, false);
    }
  }

  /** The wireless network that a box has been told. */
  public record Network(String ssid, String password, String mode) {}

  /**
   * What the box was told to fetch or to post.
   *
   * @param command {@code firmware_update}, {@code download_file} or {@code request_post}
   * @param message empty where nothing is posted
   */
  public record Errand(String command, String uri, String message, String certificate) {}

  /**
   * @param clock true time, by which the box goes too
   */
  public MeterExtension(Settings settings, InstantSource clock) {
    this.settings = Objects.requireNonNull(settings);
    this.clock = Objects.requireNonNull(clock);
    this.meters = settings.meters().stream().map(ConnectedMeter::new).toList();
    this.meterKey = settings.keySet() ? settings.meterKey() : "";
    this.network = new Network("household", "correct horse", "sta");
  }

  public Settings settings() {
    return settings;
  }

  /** All values that the box tells now, in its order; empty while it cannot decrypt any. */
  public synchronized List<Value> truth() {
    Instant now = clock.instant();
    return meters.stream()
        .filter(this::readable)
        .flatMap(meter -> meter.truth(now).stream())
        .toList();
  }

  /** What the box was told to fetch and to post, oldest first. */
  public synchronized List<Errand> errands() {
    return List.copyOf(errands);
  }

  public synchronized Network network() {
    return network;
  }

  /** The key that the box decrypts by; empty where it has none. */
  public synchronized String meterKey() {
    return meterKey;
  }

  /** Whether it can be reached in its network. */
  public synchronized boolean reachable() {
    return !clock.instant().isBefore(awayUntil);
  }

  /** Puts a box that has been reset back into the network, as somebody with a telephone does. */
  public synchronized void joinNetwork() {
    awayUntil = Instant.MIN;
    network = new Network("household", "correct horse", "sta");
  }

  /** Shows a fault with the next {@code times} requests; several faults follow one another. */
  public void inject(Fault fault, int times) {
    faults.add(fault, times, "/");
  }

  /** Ends all injected faults. */
  public void clearFaults() {
    faults.clear();
  }

  /** Delay between a request and its answer, from now on. */
  public void setLatency(Duration wanted) {
    latency = Objects.requireNonNull(wanted);
  }

  /** Requests received so far. */
  public long requests() {
    return traffic.requests();
  }

  /** The most requests that were under way at once, unanswered ones included. */
  public int maxConcurrentRequests() {
    return traffic.maxConcurrentRequests();
  }

  Duration latency() {
    return latency;
  }

  FaultQueue<Fault> faults() {
    return faults;
  }

  Traffic traffic() {
    return traffic;
  }

  Instant now() {
    return clock.instant();
  }

  /** What one meter's telegrams told; empty where they cannot be read or none has come. */
  record Heard(String meterId, List<Told> values) {}

  synchronized List<Heard> heard() {
    Instant now = clock.instant();
    return meters.stream()
        .map(
            meter ->
                new Heard(
                    meter.settings().meterId(),
                    readable(meter) ? meter.told(now) : List.<Told>of()))
        .toList();
  }

  private boolean readable(ConnectedMeter meter) {
    return !meter.settings().region().encrypted() || meterKey.equalsIgnoreCase(settings.meterKey());
  }

  synchronized void restart() {
    awayUntil = clock.instant().plus(RESTART);
  }

  /** Forgets network and key; until somebody sets it up again it is an access point of its own. */
  synchronized void resetToFactory() {
    awayUntil = Instant.MAX;
    meterKey = "";
    network = new Network("", "", "");
  }

  /** What is null stays as it is. */
  synchronized void configureWifi(String ssid, String password, String mode) {
    network =
        new Network(
            ssid == null ? network.ssid() : ssid,
            password == null ? network.password() : password,
            mode == null ? network.mode() : mode);
  }

  synchronized void setKey(String key) {
    meterKey = key;
  }

  synchronized void note(Errand errand) {
    errands.add(errand);
  }
}
