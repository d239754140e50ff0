package org.meterledger.simulators.g13;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.meterledger.simulators.Certificate;
import org.meterledger.simulators.FaultQueue;
import org.meterledger.simulators.Traffic;

/**
 * One simulated gateway with the meters on its buses: its state, its life and its faults. Safe for
 * several threads.
 */
public final class G13Gateway {
  /** The factory account (p. 28). */
  public static final String FACTORY_USER = "admin";

  /** Its password (p. 28). */
  public static final String FACTORY_KEY = "admin";

  static final String NO_ANSWER = "received invalid response from COSEM.";

  /** The misspelling is the maker's (p. 81). */
  static final String BROKEN = "Inetrnal Server Error";

  static final String WRITE_DENIED = "received READ_WRITE_DENIED response from COSEM.";

  private static final String MAKER = "ABB (simulated)";
  private static final long YEAR_2000 = Timeline.epoch(LocalDateTime.of(2000, 1, 1, 0, 0));
  private static final int EVENTS_KEPT = 100;
  private static final int ERRORS_KEPT = 100;
  private static final long REBOOT_SECONDS = 30;
  private static final long SESSION_SECONDS = 600;

  final GatewaySettings settings;
  final Registry registry = new Registry();
  final Users users = new Users();
  final Scan scan = new Scan();
  final Firmware firmware = new Firmware();
  final BusConfiguration configuration;
  String alias = "Gateway";
  String location = "ABB Gateway Zone";
  String firmwareVersion = "G1.0.0.0";
  long scanSecondsPerAddress = 1;

  private final InstantSource clock;
  private final List<GatewayEvent> events = new ArrayList<>();
  private final TreeMap<Integer, String> errors = new TreeMap<>();
  private final FaultQueue<Fault> faults = new FaultQueue<>();
  private final Traffic traffic = new Traffic();
  private volatile Duration latency = Duration.ZERO;
  private volatile Certificate certificate;
  private long clockOffset;
  private boolean clockSet = true;
  private int eventIndex;
  private int errorId;
  private long offUntil = Long.MIN_VALUE;
  private String sessionOf;
  private long sessionUntil;

  /**
   * A gateway as it comes from the factory, but for the meters that it knows already.
   *
   * @param clock true time; it must not go back
   */
  public G13Gateway(GatewaySettings settings, InstantSource clock) {
    this.settings = Objects.requireNonNull(settings);
    this.clock = Objects.requireNonNull(clock);
    this.configuration = new BusConfiguration(settings.serial());
    this.clockOffset = settings.offset().getTotalSeconds();
    this.certificate = Certificate.selfIssued(settings.serial(), MAKER, settings.protocols());
    Users.User admin = users.add(FACTORY_USER, FACTORY_KEY);
    admin.bind(settings.serial(), Users.Access.CONFIGURE);
    for (MeterSettings each : settings.meters()) {
      G13Meter meter = new G13Meter(each, clock);
      registry.connect(meter);
      if (each.entry().registered()) {
        registry.register(meter, each.entry().alias(), each.entry().location());
        admin.bind(each.serial(), Users.Access.CONFIGURE);
      }
    }
    log(GatewayEvent.STARTED, clock.instant().getEpochSecond());
  }

  public GatewaySettings settings() {
    return settings;
  }

  /**
   * A meter on one of the buses, whether the gateway knows it or not.
   *
   * @throws java.util.NoSuchElementException when there is none with this serial
   */
  public synchronized G13Meter meter(String serial) {
    return registry.onBus(serial).orElseThrow();
  }

  /** The gateway's own log, oldest first; a cleared log begins anew. */
  public synchronized List<GatewayEvent> events() {
    return List.copyOf(events);
  }

  /** What the gateway's clock shows now. */
  public synchronized LocalDateTime time() {
    return Timeline.local(now() + clockOffset);
  }

  /** Starts the clock at 2000-01-01; it counts as not set until it is set. */
  public synchronized void loseTime() {
    clockOffset = YEAR_2000 - now();
    clockSet = false;
  }

  /** Has new connections see another certificate, with another key. */
  public synchronized void changeCertificate() {
    certificate = Certificate.selfIssued(settings.serial(), MAKER, settings.protocols());
  }

  /** The certificate that new connections see. */
  public X509Certificate certificate() {
    return certificate.x509();
  }

  /** How long a scan takes for each address; 1 s unless set. */
  public synchronized void setScanTime(Duration perAddress) {
    scanSecondsPerAddress = perAddress.toSeconds();
  }

  /** Cuts a meter off its bus, which the gateway logs, or connects it again. */
  public synchronized void setConnected(String serial, boolean connected) {
    meter(serial).setConnected(connected);
    if (!connected) {
      log(GatewayEvent.METER_NOT_CONNECTED, now());
    }
  }

  /**
   * Puts another meter in the place of one: the gateway goes on knowing the old serial, which no
   * longer answers, and finds the new one when it scans.
   */
  public synchronized G13Meter exchangeMeter(String serial, String newSerial) {
    MeterSettings old = meter(serial).settings();
    setConnected(serial, false);
    registry.disconnect(serial);
    MeterSettings successor =
        MeterSettings.of(newSerial, old.label(), Instant.ofEpochSecond(now()))
            .withLoad(old.life().shape(), old.life().seed())
            .on(old.bus().protocol(), old.bus().address())
            .unregistered();
    G13Meter meter = new G13Meter(successor, clock);
    registry.connect(meter);
    return meter;
  }

  /** Shows a fault with every request from now on. */
  public void inject(Fault fault) {
    inject(fault, Integer.MAX_VALUE, "/");
  }

  /** Shows a fault with the next {@code times} requests; several faults follow one another. */
  public void inject(Fault fault, int times) {
    inject(fault, times, "/");
  }

  /** Shows a fault with the next requests whose path begins so, for example {@code /meters/}. */
  public void inject(Fault fault, int times, String path) {
    faults.add(fault, times, path);
  }

  /** Ends all injected faults. */
  public void clearFaults() {
    faults.clear();
  }

  /** Delay between a request and its answer, from now on. */
  public void setLatency(Duration latency) {
    this.latency = Objects.requireNonNull(latency);
  }

  /** What was seen of the head-end. */
  public Traffic traffic() {
    return traffic;
  }

  FaultQueue<Fault> faults() {
    return faults;
  }

  Duration latency() {
    return latency;
  }

  Certificate tls() {
    return certificate;
  }

  /** The true second, to which everything has lived. */
  long now() {
    long now = clock.instant().getEpochSecond();
    scan.advance(now);
    firmware.advance(now);
    return now;
  }

  boolean off() {
    return clock.instant().getEpochSecond() < offUntil;
  }

  /** Goes down for a while after the answer that is under way. */
  void reboot(long now) {
    log(GatewayEvent.REBOOT, now);
    log(GatewayEvent.STARTED, now + REBOOT_SECONDS);
    offUntil = now + REBOOT_SECONDS;
    scan.stop();
    sessionOf = null;
  }

  void log(int id, long now) {
    events.add(new GatewayEvent(++eventIndex, id, Timeline.local(now + clockOffset)));
    if (events.size() > EVENTS_KEPT) {
      events.remove(0);
    }
  }

  void clearEvents(long now) {
    events.clear();
    log(GatewayEvent.EVENTS_RESET, now);
  }

  void setClock(long now, LocalDateTime time) {
    clockOffset = Timeline.epoch(time) - now;
    clockSet = true;
  }

  boolean clockSet() {
    return clockSet;
  }

  /** Opens or keeps a session; false while that of another user lasts. */
  boolean login(String user, long now) {
    if (sessionOf != null && !sessionOf.equals(user) && now < sessionUntil) {
      return false;
    }
    sessionOf = user;
    sessionUntil = now + SESSION_SECONDS;
    return true;
  }

  /** A request of the user keeps a session alive. */
  void touchSession(String user, long now) {
    if (user.equals(sessionOf) && now < sessionUntil) {
      sessionUntil = now + SESSION_SECONDS;
    }
  }

  void logout(String user) {
    if (user.equals(sessionOf)) {
      sessionOf = null;
    }
  }

  /** Keeps what went wrong for {@code /lasterror} and gives its number. */
  synchronized int remember(String des) {
    errors.put(++errorId, des);
    if (errors.size() > ERRORS_KEPT) {
      errors.pollFirstEntry();
    }
    return errorId;
  }

  Map<Integer, String> errors() {
    return errors;
  }

  /** Whether the gateway reaches a registered meter now. */
  boolean reaches(String serial) {
    return registry
        .onBus(serial)
        .filter(meter -> configuration.reaches(meter.settings))
        .filter(G13Meter::answers)
        .isPresent();
  }
}
