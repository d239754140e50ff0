package org.meterledger.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells the log that the database is away: at once, then every minute, and when it is back. Who
 * tries again each second would otherwise fill it.
 */
public final class DatabaseOutage {

  private static final Duration REMINDER = Duration.ofMinutes(1);

  private final Logger logger;
  private final Clock clock;
  private volatile Instant since;
  private Instant nextLine;

  public DatabaseOutage(Logger logger, Clock clock) {
    this.logger = logger;
    this.clock = clock;
  }

  /**
   * @param consequence what waits meanwhile, as the end of a sentence
   */
  public synchronized void noticed(String consequence, RuntimeException cause) {
    var now = clock.instant();
    if (since == null) {
      since = now;
      nextLine = now;
    }
    if (!now.isBefore(nextLine)) {
      nextLine = now.plus(REMINDER);
      logger.log(
          Level.WARNING, "The database is away, {0}: {1}", consequence, reason(cause).getMessage());
    }
  }

  private static Throwable reason(Throwable cause) {
    return cause.getCause() == null ? cause : reason(cause.getCause());
  }

  /** The database has answered. */
  public void over() {
    if (since != null) {
      tellOver();
    }
  }

  private synchronized void tellOver() {
    if (since != null) {
      logger.log(
          Level.INFO,
          "The database is back after {0} s",
          Duration.between(since, clock.instant()).toSeconds());
      since = null;
    }
  }
}
