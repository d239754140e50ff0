package org.meterledger.archive;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.meterledger.notice.Notices;
import org.meterledger.server.Database;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.DatabaseOutage;
import org.meterledger.server.LogContext;
import org.meterledger.server.Node;

/**
 * Gathers deliveries of many meters into one transaction: a commit per meter would cost a hundred
 * times as much. A batch that fails is split until the one delivery that cannot be stored is found;
 * a database that is away is waited for, since the same batch will do when it is back.
 */
@ApplicationScoped
public class ArchiveWriter {

  private static final Logger LOGGER = System.getLogger(ArchiveWriter.class.getName());

  /** While one transaction waits for the disk, another fills. */
  private static final int WRITERS = 2;

  private static final int MOST_DELIVERIES = 1_000;
  private static final int MOST_ROWS = 20_000;
  private static final Duration GATHERING = Duration.ofMillis(200);

  /** Sessions wait here when the database cannot keep up, so that memory stays bounded. */
  private static final int QUEUE = 4_000;

  /** Shorter than a lease: afterwards another node may read the meter anew. */
  private static final Duration DATABASE_AWAY = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Topic of the notice that something was archived or tried. */
  private static final String READINGS = "readings";

  private final DeliveryStore store;
  private final Clock clock;
  private final DatabaseOutage outage;
  private final Duration mostWait;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE);
  private final ReentrantLock gathering = new ReentrantLock();
  private final List<Thread> writers = new ArrayList<>();
  private volatile boolean running;
  private Notices notices;
  private Event<Archived> archived;

  @Resource private ManagedThreadFactory threads;

  /** For the client proxy only. */
  protected ArchiveWriter() {
    store = null;
    clock = null;
    outage = null;
    mostWait = null;
  }

  @Inject
  public ArchiveWriter(
      Database database,
      Partitions partitions,
      ProfileCatalog catalog,
      Notices notices,
      Node node,
      Clock clock) {
    this(database, partitions, catalog, notices, node, clock, GATHERING);
  }

  /**
   * @param mostWait for how long a delivery waits for others, which are stored together with it
   */
  public ArchiveWriter(
      Database database,
      Partitions partitions,
      ProfileCatalog catalog,
      Notices notices,
      Node node,
      Clock clock,
      Duration mostWait) {
    this.mostWait = mostWait;
    this.store = new DeliveryStore(database, partitions, catalog, notices, node);
    this.clock = clock;
    this.outage = new DatabaseOutage(LOGGER, clock);
  }

  /** Open pages and metrics want to know; outside a server there are none. */
  @Inject
  void setHearers(Notices notices, Event<Archived> archived) {
    this.notices = notices;
    this.archived = archived;
  }

  /** Deliveries that wait to be stored. */
  public int waiting() {
    return queue.size();
  }

  /** Deliveries that may still be submitted before sessions have to wait; 0 when they do. */
  public int room() {
    return queue.remainingCapacity();
  }

  private record Waiting(Delivery delivery, CompletableFuture<Stored> stored) {}

  @PostConstruct
  void start() {
    start(threads);
  }

  /** Outside a server: who makes it starts it, and stops it with {@link #stop()}. */
  public synchronized void start(ThreadFactory factory) {
    running = true;
    for (int i = 1; i <= WRITERS; i++) {
      var writer = factory.newThread(this::run);
      writer.setName("archive-writer-" + i);
      writers.add(writer);
      writer.start();
    }
  }

  /** Stores what was submitted, then ends. */
  @PreDestroy
  public synchronized void stop() {
    running = false;
    writers.forEach(Thread::interrupt);
    try {
      for (var writer : writers) {
        writer.join(PAUSE.multipliedBy(10).toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writers.clear();
  }

  /**
   * Stores a delivery soon. The future ends when its transaction has committed, or with the reason
   * why this delivery cannot be stored. Of two that wait at once either may be stored first, so a
   * session submits a meter's next rows when these are stored.
   */
  public Future<Stored> submit(Delivery delivery) throws InterruptedException {
    var waiting = new Waiting(delivery, new CompletableFuture<>());
    queue.put(waiting);
    return waiting.stored();
  }

  private void run() {
    LogContext.forget();
    while (running || !queue.isEmpty()) {
      try {
        store(gather());
      } catch (InterruptedException e) {
        LOGGER.log(Level.DEBUG, "Archive writer ends when its queue is empty");
      } catch (RuntimeException e) {
        LOGGER.log(Level.ERROR, "Archive writer goes on after an error in a batch", e);
      }
    }
  }

  /** One writer at a time, or each would leave the other half a batch. */
  private List<Waiting> gather() throws InterruptedException {
    gathering.lockInterruptibly();
    try {
      var batch = new ArrayList<Waiting>();
      var first = running ? queue.take() : queue.poll();
      int rows = 0;
      long end = System.nanoTime() + mostWait.toNanos();
      for (var next = first; next != null; next = poll(end)) {
        batch.add(next);
        rows += next.delivery().rowCount();
        if (batch.size() >= MOST_DELIVERIES || rows >= MOST_ROWS) {
          break;
        }
      }
      return batch;
    } finally {
      gathering.unlock();
    }
  }

  private Waiting poll(long end) {
    try {
      return running ? queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS) : queue.poll();
    } catch (InterruptedException e) {
      return null;
    }
  }

  private void store(List<Waiting> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      var stored = patiently(batch.stream().map(Waiting::delivery).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).stored().complete(stored.get(i));
      }
    } catch (RuntimeException e) {
      if (passing(e)) {
        batch.forEach(waiting -> waiting.stored().completeExceptionally(e));
      } else if (batch.size() == 1) {
        storeFailure(batch.get(0), e);
      } else {
        LOGGER.log(Level.WARNING, "Batch of {0} deliveries split: {1}", batch.size(), e);
        store(batch.subList(0, batch.size() / 2));
        store(batch.subList(batch.size() / 2, batch.size()));
      }
    }
  }

  /** The content cannot be stored; that it was tried still is, and the lease is given back. */
  private void storeFailure(Waiting waiting, RuntimeException cause) {
    LOGGER.log(
        Level.ERROR, "Delivery of meter id " + waiting.delivery().meterId() + " not stored", cause);
    try {
      patiently(List.of(waiting.delivery().failed(String.valueOf(cause.getMessage()))));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
    waiting.stored().completeExceptionally(cause);
  }

  private List<Stored> patiently(List<Delivery> deliveries) {
    long begun = System.nanoTime();
    var giveUp = clock.instant().plus(DATABASE_AWAY);
    while (true) {
      try {
        var stored = store.store(deliveries, clock.instant());
        outage.over();
        tell(Archived.of(deliveries, stored, Duration.ofNanos(System.nanoTime() - begun)));
        return stored;
      } catch (DatabaseException e) {
        if (!e.passing() || !running || clock.instant().isAfter(giveUp)) {
          throw e;
        }
        if (e.away()) {
          outage.noticed("what was read waits", e);
        }
        pause();
      }
    }
  }

  private void tell(Archived batch) {
    if (archived == null) {
      return;
    }
    notices.soon(READINGS, "");
    try {
      archived.fire(batch);
    } catch (RuntimeException e) {
      LOGGER.log(Level.ERROR, "Whoever observes the archive failed", e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean passing(RuntimeException e) {
    return e instanceof DatabaseException database && database.passing();
  }
}
