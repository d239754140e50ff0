package org.meterledger.simulators.dmed4;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One simulated meter: its state, its life and its faults. What it tells here is the oracle that an
 * archive is compared with.
 */
public final class Dmed4Meter extends Dmed4Device implements ModbusUnit {
  /** The advanced password from the factory. */
  public static final String PASSWORD = "2000";

  static final int FIRMWARE = 7;
  static final int HARDWARE = 2;
  static final int PARAMETER_REVISION = 1;
  static final int ETHERNET_FIRMWARE = 3;
  static final int EVENTS_KEPT = 500;

  private static final int SAVED_BY_PARAMETERS = 5;

  private final Dmed4Settings settings;
  private final Health health = new Health();
  final Measurement measurement;
  final DeviceClock clock = new DeviceClock();
  final Parameters parameters;
  final ChargeCycle cycle;
  final Login login = new Login(PASSWORD);
  final LogSearch search;
  final Display display = new Display();
  final Installation installation = new Installation(this);
  final Log<LoggedEvent> events = new Log<>(EVENTS_KEPT);
  private final Station station;
  private final RegisterMap registers;
  private final RestSite site = new RestSite(this);
  private boolean bootWanted;
  private boolean statusRead;

  /**
   * A commissioned meter.
   *
   * @param clock true time; it must not go back
   */
  public Dmed4Meter(Dmed4Settings settings, InstantSource clock) {
    super(clock);
    this.settings = settings;
    this.measurement = new Measurement(settings);
    this.parameters = new Parameters(settings);
    this.cycle =
        new ChargeCycle(settings, measurement, this.clock, parameters, key(settings.seed()));
    this.search = new LogSearch(cycle.log(), events);
    this.station = settings.planned() ? new Station(settings, this) : null;
    this.registers = MeterRegisters.of(this);
    event(EventCode.COMMISSIONED, "", settings.commissioned());
  }

  private SigningKey key(long seed) {
    return new SigningKey("DMED4 " + settings.serialNumber() + " " + seed);
  }

  public Dmed4Settings settings() {
    return settings;
  }

  @Override
  String name() {
    return Long.toString(settings.serialNumber());
  }

  /** Brings the meter up to date, does something, and boots it when that was asked for. */
  synchronized <T> T asked(Supplier<T> work) {
    catchUp();
    try {
      return work.get();
    } finally {
      if (statusRead) {
        statusRead = false;
        cycle.polled();
      }
      if (bootWanted) {
        bootWanted = false;
        reboot();
      }
    }
  }

  private void did(Runnable work) {
    asked(
        () -> {
          work.run();
          return null;
        });
  }

  private void catchUp() {
    long now = now().toEpochMilli();
    if (station != null) {
      station.workUntil(now);
    }
    measurement.advance(now);
  }

  @Override
  synchronized void boot(Instant now) {
    catchUp();
    cycle.boot();
    login.boot();
    parameters.boot();
    event(EventCode.POWER_ON, "", now);
  }

  void event(int code, String arguments, Instant now) {
    events.add(
        new LoggedEvent(
            events.last() + 1, clock.unixSeconds(now), clock.offsetMinutes(), code, arguments));
  }

  // What a test does to the meter and learns of it.

  /**
   * Sets what flows from now on.
   *
   * @param watts negative while energy is exported; a meter of model D does not measure that
   * @param centivolts in 0.01 V
   */
  public void load(long watts, long centivolts) {
    did(
        () -> {
          measurement.load(watts, centivolts);
        });
  }

  /** Puts the meter's clock wrong by this much. */
  public void shiftClock(Duration error) {
    did(
        () -> {
          clock.shift(error);
        });
  }

  /** How often the signature is told to be in progress after a command; once unless set. */
  public synchronized void setSigningPolls(int polls) {
    cycle.setSigningPolls(polls);
  }

  /** Gives the meter another key pair, as if its electronics had been exchanged. */
  public void replaceKey(long seed) {
    did(
        () -> {
          cycle.setKey(key(seed));
          event(EventCode.KEY_REPLACED, "", now());
        });
  }

  /** Makes another password the right one. */
  public synchronized void setPassword(String password) {
    login.setPassword(password);
  }

  /** What the meter measures now. */
  public Readings readings() {
    return asked(measurement::readings);
  }

  /** Status of the charge cycle now; looking does not count as a poll. */
  public ChargeStatus chargeStatus() {
    return asked(() -> cycle.status(now()));
  }

  /** Signed records that the log holds, oldest first. */
  public List<OcmfRecord> records() {
    return asked(() -> cycle.log().all());
  }

  /** Events that the log holds, oldest first. */
  public List<LoggedEvent> events() {
    return asked(events::all);
  }

  /** X and Y of the public key, 64 bytes. */
  public synchronized byte[] publicKeyRaw() {
    return cycle.key().raw();
  }

  /** The public key as SubjectPublicKeyInfo in DER, 91 bytes. */
  public synchronized byte[] publicKeySpki() {
    return cycle.key().spki();
  }

  /** All parameters by name, for example {@code P02_01}. */
  public Map<String, Long> parameters() {
    return asked(parameters::values);
  }

  /** Seconds since 1970 by the meter's clock. */
  public long clockSeconds() {
    return asked(() -> clock.unixSeconds(now()));
  }

  /** Minutes that local time is ahead of UTC by the meter's setting. */
  public int offsetMinutes() {
    return asked(clock::offsetMinutes);
  }

  /** Compensation of the cable as it was set, 0 for none. */
  public synchronized long cableResistance() {
    return installation.cableResistance();
  }

  /** Number of the tariff as it was set. */
  public synchronized long tariff() {
    return installation.tariff();
  }

  /** Whether the last correct login is still good. */
  public synchronized boolean isLogged() {
    return login.isLogged();
  }

  /** Whether no login is let in for the time being. */
  public synchronized boolean isLoginLocked() {
    return login.isLocked(now());
  }

  /** {@code ready}, {@code charging} or {@code operating}. */
  public String operativeStatus() {
    return asked(
        () -> cycle.isCharging() ? "charging" : installation.isOperating() ? "operating" : "ready");
  }

  /** Page that the display shows, 1 to 13; 0 while it is switched off. */
  public synchronized int displayPage() {
    return display.page();
  }

  /** Errors of the boards, for tests to raise. */
  public Health health() {
    return health;
  }

  /** Checksum of the measurement firmware. */
  public long firmwareChecksum() {
    return 0x5A3C_0000L + settings.model().identification();
  }

  // What registers and resources do.

  void statusRead() {
    statusRead = true;
  }

  void setClock(long unixSeconds) {
    refuseWhileCharging();
    clock.set(now(), unixSeconds);
    event(EventCode.CLOCK_SET, Long.toString(unixSeconds), now());
  }

  void setOffset(long minutes) {
    refuseWhileCharging();
    clock.setOffset(minutes);
  }

  void refuseWhileCharging() {
    if (cycle.isCharging()) {
      throw Refusal.operation("Charging");
    }
  }

  void tryLogin(String password) {
    if (login.attempt(password, now())) {
      event(EventCode.LOGIN_LOCKED, "", now());
      throw Refusal.operation("Wrong password");
    }
  }

  /** Parameters were written: the meter boots once it has done what it was asked. */
  void parametersSaved() {
    event(EventCode.PARAMETERS_SET, "", now());
    bootWanted = true;
  }

  void save(int value) {
    if (value != SAVED_BY_PARAMETERS) {
      throw Refusal.value("Save " + value);
    }
    installation.refuseLockedParameters();
    parameters.save();
    parametersSaved();
  }

  // The wire.

  @Override
  Optional<ModbusUnit> unit(int node, Transport transport) {
    boolean meant = !isBehindSerialServer(transport) || node == 0 || node == parameters.node();
    return meant ? Optional.of(this) : Optional.empty();
  }

  @Override
  RestAnswer answer(RestRequest request) {
    return asked(() -> site.answer(request));
  }

  @Override
  public byte[] read(int first, int count) {
    return asked(() -> registers.read(first, count));
  }

  @Override
  public void write(int first, byte[] content) {
    did(
        () -> {
          registers.write(first, content);
        });
  }

  @Override
  public byte[] identification() {
    return new byte[] {
      (byte) settings.model().identification(),
      FIRMWARE,
      HARDWARE,
      PARAMETER_REVISION,
      2,
      ETHERNET_FIRMWARE,
      0,
      0
    };
  }
}
