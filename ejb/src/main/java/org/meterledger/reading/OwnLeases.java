package org.meterledger.reading;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.meterledger.notice.NoticeListener;
import org.meterledger.server.Database;
import org.meterledger.server.Node;

/**
 * Gives back what this node held when it died, so that its restart does not wait for its own leases
 * to run out. Names of nodes must be unique; where another process of this name is alive, as its
 * listener shows, nothing is given back and the leases run out by themselves.
 */
@Singleton
@Startup
public class OwnLeases {

  private static final Logger LOGGER = System.getLogger(OwnLeases.class.getName());

  /** A lease that began before the process did is one of its predecessor's. */
  private static final String GIVE_BACK =
      """
      update meter_contact set leased_by = null, leased_until = ?
       where leased_by = ? and leased_until > ? and leased_until < ?
         and not exists (select 1 from pg_stat_activity
                          where datname = current_database() and application_name = ?
                            and backend_start < ?)""";

  private final Database database;
  private final Node node;
  private final Clock clock;

  /** For the container only. */
  protected OwnLeases() {
    this(null, null, null);
  }

  @Inject
  OwnLeases(Database database, Node node, Clock clock) {
    this.database = database;
    this.node = node;
    this.clock = clock;
  }

  @PostConstruct
  void giveBack() {
    long begun = ManagementFactory.getRuntimeMXBean().getStartTime();
    giveBack(Instant.ofEpochMilli(begun), ReadingRound.LEASE);
  }

  /**
   * @param begun when this process began
   * @param lease how long a lease lasts
   */
  int giveBack(Instant begun, Duration lease) {
    var now = clock.instant();
    int given =
        database.update(
            GIVE_BACK,
            now,
            node.name(),
            now,
            begun.plus(lease),
            NoticeListener.applicationName(node),
            begun);
    if (given > 0) {
      LOGGER.log(Level.INFO, "{0} meters leased before the last end are free again", given);
    }
    return given;
  }
}
