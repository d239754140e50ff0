package org.meterledger.reading;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.meterledger.archive.Delivery;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.DatabaseOutage;
import org.meterledger.server.LogContext;

/**
 * Reads what is due: claims as many meters as there are free sessions, and claims again as soon as
 * enough sessions have ended, so that a tick is needed only to begin.
 */
@ApplicationScoped
public class ReadingRound {

  private static final String LEASE_SECONDS = "METERLEDGER_LEASE_SECONDS";

  /** Longer than any block of a slow meter takes; every archived block prolongs it. */
  static final Duration LEASE = Duration.ofSeconds(configured(LEASE_SECONDS, 300));

  private static final Logger LOGGER = System.getLogger(ReadingRound.class.getName());

  private static final String SESSIONS = "METERLEDGER_SESSIONS";
  private static final int DEFAULT_SESSIONS = 64;

  /** The shortest that a meter without time server keeps (manual 1475, "NTP-Server"). */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** As much as sessions are planned further apart than a network's limit asks. */
  private static final Duration MOST_LATE = Duration.ofMillis(50);

  private static final int STOPPING_SECONDS = 20;
  private static final String WAITING = "meters are read when it is back";

  private final DueMeters due;
  private final ReadingContext context;
  private final Iterable<MeterDriver> drivers;
  private final MeterSecrets secrets;
  private final int sessions;
  private final Semaphore free;
  private final ReentrantLock claiming = new ReentrantLock();
  private final Map<Integer, Integer> held = new ConcurrentHashMap<>();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final DatabaseOutage outage;
  private Executor executor;
  private volatile boolean stopped;

  /** For the client proxy only. */
  protected ReadingRound() {
    this(null, null, null, null, 0, null);
  }

  @Inject
  ReadingRound(
      DueMeters due,
      ReadingContext context,
      @Any Instance<MeterDriver> drivers,
      MeterSecrets secrets) {
    this(due, context, drivers, secrets, configured(SESSIONS, DEFAULT_SESSIONS), null);
  }

  /** Outside a server the caller brings the executor. */
  public ReadingRound(
      DueMeters due,
      ReadingContext context,
      Iterable<MeterDriver> drivers,
      MeterSecrets secrets,
      int sessions,
      Executor executor) {
    this.due = due;
    this.context = context;
    this.drivers = drivers;
    this.secrets = secrets;
    this.sessions = sessions;
    this.free = new Semaphore(sessions);
    this.outage = context == null ? null : new DatabaseOutage(LOGGER, context.clock());
    this.executor = executor;
  }

  @Resource(lookup = "java:jboss/ee/concurrency/executor/reading")
  void setExecutor(ManagedExecutorService managed) {
    executor = managed;
  }

  private static int configured(String variable, int standard) {
    var setting = System.getenv(variable);
    return setting == null || setting.isBlank() ? standard : Integer.parseInt(setting.strip());
  }

  /** Sessions that are open now. */
  public int open() {
    return sessions - free.availablePermits();
  }

  /** Whether this node reads nothing any more, because it is being stopped. */
  public boolean stopped() {
    return stopped;
  }

  /**
   * Has a thread of the sessions start what is due. The timer must not wait for a slow database: it
   * would miss its next ticks, and the server would complain of each.
   */
  public void tick() {
    if (asked.compareAndSet(false, true)) {
      try {
        executor.execute(
            () -> {
              try {
                claimMore();
              } finally {
                asked.set(false);
              }
            });
      } catch (RejectedExecutionException e) {
        asked.set(false);
        throw e;
      }
    }
  }

  /** Starts reading what is due, as far as sessions are free. */
  public void start() {
    if (stopped || !claiming.tryLock()) {
      return;
    }
    try {
      int permits = free.drainPermits();
      List<DueMeter> meters = List.of();
      try {
        if (permits > 0) {
          meters = due.claim(context.clock().instant(), LEASE, sessions, permits, held);
          outage.over();
        }
      } finally {
        free.release(permits - meters.size());
      }
      meters.forEach(this::execute);
    } finally {
      claiming.unlock();
    }
  }

  /** Ends operations whose time is over, and takes back those of nodes that were lost. */
  public void sweep() {
    try {
      context.operations().sweep(context.clock().instant(), context.kinds().repeatable());
    } catch (RuntimeException e) {
      if (DatabaseException.away(e)) {
        outage.noticed(WAITING, e);
      } else {
        LOGGER.log(Level.WARNING, "Operations not swept; next try in some seconds", e);
      }
    }
  }

  private void execute(DueMeter meter) {
    held.merge(meter.networkId(), 1, Integer::sum);
    try {
      executor.execute(() -> session(meter));
    } catch (RejectedExecutionException e) {
      LOGGER.log(Level.WARNING, "No thread for meter {0}: {1}", meter.serialNumber(), e);
      ended(meter.networkId());
      due.release(meter, context.clock().instant());
    }
  }

  private void session(DueMeter meter) {
    try (var log = LogContext.meter(meter.serialNumber())) {
      if (meter.operations().isEmpty() && meter.tasks().isEmpty()) {
        due.release(meter, context.clock().instant()); // cancelled a moment ago
      } else {
        awaitStart(meter);
        read(meter);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      brokenOff(meter, e);
    } finally {
      ended(meter.networkId());
    }
    if (free.availablePermits() >= Math.max(1, sessions / 8)) {
      claimMore();
    }
  }

  /**
   * New sessions of a network are spaced. One that comes too late for its time, as after a node
   * stood still, is planned anew, or it would begin together with others; once, for where all come
   * late none comes in time the second time either.
   */
  private void awaitStart(DueMeter meter) throws InterruptedException {
    if (late(awaitStart(meter.startAt()))) {
      awaitStart(due.startAnew(meter.networkId(), context.clock().instant()));
    }
  }

  /** How much later it is by then. */
  private Duration awaitStart(Instant start) throws InterruptedException {
    var wait = Duration.between(context.clock().instant(), start);
    if (!wait.isNegative()) {
      TimeUnit.NANOSECONDS.sleep(wait.toNanos());
    }
    return Duration.between(start, context.clock().instant());
  }

  private static boolean late(Duration by) {
    return by.compareTo(MOST_LATE) > 0;
  }

  private void read(DueMeter meter) throws InterruptedException {
    try (var session = open(meter)) {
      new ReadingSession(meter, session, context).run();
    }
  }

  private void ended(int networkId) {
    held.merge(networkId, -1, Integer::sum);
    free.release();
  }

  /** Without the database the meter is not to blame: it is due again as soon as that is back. */
  private void brokenOff(DueMeter meter, RuntimeException cause) {
    var now = context.clock().instant();
    Delivery end;
    if (DatabaseException.away(cause)) {
      outage.noticed(WAITING, cause);
      end = new Delivery(meter.id(), now).lease(now);
    } else {
      LOGGER.log(Level.ERROR, "Reading of meter " + meter.serialNumber() + " broke off", cause);
      end = ReadingSession.brokenOff(meter, cause, now);
    }
    try {
      context.writer().submit(end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void claimMore() {
    try {
      start();
    } catch (RuntimeException e) {
      if (DatabaseException.away(e)) {
        outage.noticed(WAITING, e);
      } else {
        LOGGER.log(Level.WARNING, "Nothing claimed; next try at the next tick", e);
      }
    }
  }

  private MeterSession open(DueMeter meter) {
    var model = context.models().get(meter.model());
    for (var driver : drivers) {
      if (driver.protocol().equals(model.protocol())) {
        return driver.open(model, endpoint(meter));
      }
    }
    throw new IllegalStateException("No driver for " + model.protocol());
  }

  private Endpoint endpoint(DueMeter meter) {
    var gateway = meter.gateway();
    if (gateway == null) {
      return Endpoint.at(meter.address(), meter.userName(), clear(meter.password()), TIMEOUT);
    }
    return new Endpoint.BehindGateway(
        new Endpoint.Http(
            URI.create(gateway.address()),
            gateway.userName(),
            clear(gateway.password()),
            TIMEOUT,
            new Endpoint.CertificatePin(gateway.certificate(), gateway.oldTls()),
            gateway.zone()),
        meter.serialNumber());
  }

  private String clear(byte[] password) {
    return password == null ? null : secrets.decrypt(password);
  }

  /** No new sessions; those that are open may end in peace. */
  @PreDestroy
  public void stop() {
    stopped = true;
    try {
      if (!free.tryAcquire(sessions, STOPPING_SECONDS, TimeUnit.SECONDS)) {
        LOGGER.log(Level.WARNING, "{0} sessions were still open when the portal stopped", open());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
