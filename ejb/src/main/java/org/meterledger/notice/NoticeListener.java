package org.meterledger.notice;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.meterledger.server.Database;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.DatabaseOutage;
import org.meterledger.server.Node;
import org.postgresql.PGConnection;

/**
 * Hears what any node tells, on a connection that it keeps, and fires it as a CDI event on its own
 * thread: observers do little, or hand over. After an absence of the database it fires {@link
 * Notice#ALL}, since notices may have been missed.
 */
@ApplicationScoped
public class NoticeListener {

  private static final Logger LOGGER = System.getLogger(NoticeListener.class.getName());

  /** A thread that reads from a socket cannot be interrupted; so long does {@link #stop()} take. */
  private static final Duration WAIT = Duration.ofMillis(500);

  /** A peer that went away without a word is noticed only by asking. */
  private static final Duration QUIET = Duration.ofSeconds(15);

  private static final int ANSWER_SECONDS = 5;

  /** PostgreSQL, "application_name": less than NAMEDATALEN, printable ASCII. */
  private static final int LONGEST_NAME = 63;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Database database;
  private final Notices notices;
  private final Consumer<Notice> hearer;
  private final String name;
  private final DatabaseOutage outage;
  private Thread thread;
  private boolean missed;
  private volatile boolean listening;
  private volatile boolean running;

  @Resource private ManagedThreadFactory threads;

  /** For the client proxy only. */
  protected NoticeListener() {
    database = null;
    notices = null;
    hearer = null;
    name = null;
    outage = null;
  }

  @Inject
  NoticeListener(Database database, Notices notices, Event<Notice> event, Node node, Clock clock) {
    this(database, notices, node, clock, event::fire);
  }

  /** Outside a server: who makes it starts it, and stops it with {@link #stop()}. */
  NoticeListener(
      Database database, Notices notices, Node node, Clock clock, Consumer<Notice> hearer) {
    this.database = database;
    this.name = applicationName(node);
    this.notices = notices;
    this.hearer = hearer;
    this.outage = new DatabaseOutage(LOGGER, clock);
  }

  void start() {
    start(threads);
  }

  synchronized void start(ThreadFactory factory) {
    running = true;
    thread = factory.newThread(this::run);
    thread.setName("notice-listener");
    thread.start();
  }

  @PreDestroy
  synchronized void stop() {
    running = false;
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(WAIT.plusSeconds(ANSWER_SECONDS).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * How a living node shows in the database's list of connections.
   *
   * @return cut to what PostgreSQL keeps of it
   */
  public static String applicationName(Node node) {
    String name = "meterledger " + node.name().replaceAll("[^ -~]", "?");
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /** Whether a notice told now would be heard. */
  boolean listening() {
    return listening;
  }

  private void run() {
    while (running) {
      try (Connection connection = database.open()) {
        // the pool would log a stack trace of whatever fails on its own wrapper
        listen((Connection) connection.unwrap(PGConnection.class));
      } catch (SQLException e) {
        missed = true;
        if (running) {
          outage.noticed("notices of other nodes wait", new DatabaseException(e));
          pause();
        }
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try {
      set(connection, name);
      // a notice that a crash takes away is not missed: who listened asks anew
      execute(connection, "set synchronous_commit = off");
      execute(connection, "listen " + Notices.CHANNEL);
      outage.over();
      listening = true;
      if (missed) {
        missed = false;
        fire(Notice.all());
      }
      hear(connection);
      giveBack(connection);
    } catch (SQLException e) {
      connection.close(); // the pool finds it closed and makes another
      throw e;
    } finally {
      listening = false;
    }
  }

  /** As it was, for the pool gives it to somebody else. */
  private static void giveBack(Connection connection) throws SQLException {
    execute(connection, "unlisten " + Notices.CHANNEL);
    execute(connection, "reset synchronous_commit");
    execute(connection, "reset application_name");
  }

  private void hear(Connection connection) throws SQLException {
    var notifications = connection.unwrap(PGConnection.class);
    long asked = System.nanoTime();
    while (running) {
      var heard = notifications.getNotifications((int) WAIT.toMillis());
      if (heard != null) {
        for (var each : heard) {
          fire(Notice.of(each.getParameter()));
        }
      }
      for (var each : notices.take()) {
        Notices.tell(connection, each.topic(), each.key());
      }
      if (System.nanoTime() - asked > QUIET.toNanos()) {
        if (!connection.isValid(ANSWER_SECONDS)) {
          throw new SQLException("The database does not answer the listener", "08006");
        }
        asked = System.nanoTime();
      }
    }
  }

  private static void set(Connection connection, String name) throws SQLException {
    try (var statement =
        Database.prepare(connection, "select set_config('application_name', ?, false)", name)) {
      statement.execute();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void fire(Notice notice) {
    try {
      hearer.accept(notice);
    } catch (RuntimeException e) {
      LOGGER.log(Level.ERROR, "Whoever observes " + notice + " failed", e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
