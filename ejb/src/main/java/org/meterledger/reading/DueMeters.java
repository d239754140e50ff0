package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.meterledger.operation.OperationQueue;
import org.meterledger.server.Database;
import org.meterledger.server.Node;

/**
 * Claims meters that have something due: operations first, the most urgent before others, then what
 * is to be read. The lease lies on the meter, so that no two nodes ever speak with one meter; it
 * runs out by itself when the node that holds it dies.
 *
 * <p>Claims of one network wait for each other, a few milliseconds each: only so can its limits
 * hold over all nodes.
 */
@ApplicationScoped
public class DueMeters {

  /** The tables are large, the rows wanted few; and nobody waits for a node that hangs. */
  private static final String BY_KEY =
      """
      set local enable_hashjoin = off; set local enable_mergejoin = off;
      set local lock_timeout = '2s'""";

  private static final String NETWORKS =
      """
      select n.id, n.most_sessions, n.most_connects, n.next_connect,
             (select count(*) from network) as networks
        from network n
       where exists (select 1 from reading_task t
                      where t.network_id = n.id and t.due_at <= ?)
          or exists (select 1 from generate_series(0, 9) as p (priority), lateral (
                       select 1 from operation o
                        where o.network_id = n.id and o.state in ('QUEUED', 'WAITING')
                          and o.priority = p.priority and o.due_at <= ? limit 1) due)
       order by n.id for update of n""";

  private static final String LEASED =
      """
      select m.network_id, m.gateway_id, count(*) as sessions
        from meter_contact c join meter m on m.id = c.meter_id
       where c.leased_by is not null and c.leased_until > ? group by 1, 2""";

  /** Each priority by itself, so that none that is due later is looked at. */
  private static final String DUE_OPERATIONS =
      """
      select due.* from generate_series(?, ?, -1) as p (priority) cross join lateral (
        select o.meter_id, m.gateway_id, g.most_sessions, o.priority, o.due_at
          from operation o join meter_contact c on c.meter_id = o.meter_id
          join meter m on m.id = o.meter_id left join gateway g on g.id = m.gateway_id
         where o.network_id = ? and o.state in ('QUEUED', 'WAITING') and o.priority = p.priority
           and o.due_at <= ? and o.expires_at > ? and c.leased_until <= ?
           and (m.gateway_id is null or m.gateway_id <> all (?)) and o.meter_id <> all (?)
         order by o.due_at limit ?) due
       order by due.priority desc, due.due_at""";

  private static final String DUE_TASKS =
      """
      select t.meter_id, m.gateway_id, g.most_sessions
        from reading_task t join meter_contact c on c.meter_id = t.meter_id
        join meter m on m.id = t.meter_id left join gateway g on g.id = m.gateway_id
       where t.network_id = ? and t.due_at <= ? and c.leased_until <= ?
         and (m.gateway_id is null or m.gateway_id <> all (?)) and t.meter_id <> all (?)
       order by t.due_at limit ?""";

  private static final String DUE_AT_PERIOD_END =
      DUE_TASKS.replace("where", "where t.at_period_end and");

  /**
   * What is looked for, one after the other: a reading that cannot be done later waits for what
   * somebody has called urgent, and goes before all else.
   *
   * @param priorities the highest and the lowest, of operations only
   */
  private record Due(String sql, Integer... priorities) {}

  private static final List<Due> IN_ORDER =
      List.of(
          new Due(DUE_OPERATIONS, 9, 5),
          new Due(DUE_AT_PERIOD_END),
          new Due(DUE_OPERATIONS, 4, 0),
          new Due(DUE_TASKS));

  private static final String LEASE =
      """
      update meter_contact set leased_by = ?, leased_until = ?
       where meter_id = any (?) and leased_until <= ? returning meter_id""";

  /** New sessions are planned so far ahead; the next claim comes sooner. */
  private static final Duration HORIZON = Duration.ofSeconds(1);

  /** Beyond it nothing is planned, even when all of a horizon had to be planned anew. */
  private static final Duration BELIEVED = HORIZON.multipliedBy(3);

  /** A little slower than allowed, so that jitter on the way never breaks the limit. */
  private static final long SPACING_NANOS = 1_050_000_000L;

  private final Database database;
  private final OperationQueue operations;
  private final Node node;
  private final ClaimedMeters claimed;

  /** For the client proxy only. */
  protected DueMeters() {
    this(null, null, null);
  }

  @Inject
  public DueMeters(Database database, OperationQueue operations, Node node) {
    this.database = database;
    this.operations = operations;
    this.node = node;
    this.claimed = new ClaimedMeters(operations);
  }

  /** A network with work, as its row told while it was locked. */
  private record Network(int id, int mostSessions, Duration spacing, Instant nextConnect) {
    /** When the next session may begin; a time that no claim can have set is not believed. */
    Instant first(Instant now) {
      boolean planned = nextConnect.isAfter(now) && !nextConnect.isAfter(now.plus(BELIEVED));
      return planned ? nextConnect : now;
    }

    /** How many sessions may begin within the horizon. */
    int connects(Instant now) {
      var first = first(now);
      var end = now.plus(HORIZON);
      return first.isAfter(end)
          ? 0
          : (int) (Duration.between(first, end).toNanos() / spacing.toNanos()) + 1;
    }
  }

  /** Open sessions by network and by gateway, over all nodes. */
  private record Open(Map<Integer, Integer> byNetwork, Map<Integer, Integer> byGateway) {}

  /**
   * Claims meters for this node.
   *
   * @param lease how long the node may take before others may claim them
   * @param sessions that the node can have
   * @param free that it can open now, from 1
   * @param held sessions that it has open, by network
   */
  public List<DueMeter> claim(
      Instant now, Duration lease, int sessions, int free, Map<Integer, Integer> held) {
    return database.inTransaction(
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute(BY_KEY);
          }
          return claim(connection, now, lease, sessions, free, held);
        });
  }

  private List<DueMeter> claim(
      Connection connection,
      Instant now,
      Duration lease,
      int sessions,
      int free,
      Map<Integer, Integer> held)
      throws SQLException {
    var alone = new boolean[1];
    var networks = networks(connection, now, alone);
    if (networks.isEmpty()) {
      return List.of();
    }
    var open = open(connection, now);
    var shares =
        Allotment.of(
            sessions,
            free,
            alone[0],
            networks.values().stream()
                .map(
                    network ->
                        new Allotment.Claimant(
                            network.id(),
                            held.getOrDefault(network.id(), 0),
                            Math.min(
                                network.connects(now),
                                network.mostSessions()
                                    - open.byNetwork().getOrDefault(network.id(), 0))))
                .toList());
    var starts = new LinkedHashMap<Integer, Instant>();
    for (var share : shares.entrySet()) {
      var network = networks.get(share.getKey());
      var meters = candidates(connection, network.id(), now, share.getValue(), open);
      lease(connection, network, meters, now, lease, starts);
    }
    return starts.isEmpty() ? List.of() : claimed.read(connection, starts, now);
  }

  private static Map<Integer, Network> networks(Connection connection, Instant now, boolean[] alone)
      throws SQLException {
    var networks = new LinkedHashMap<Integer, Network>();
    try (var statement = Database.prepare(connection, NETWORKS, now, now);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        alone[0] = rows.getInt("networks") == 1;
        networks.put(
            rows.getInt("id"),
            new Network(
                rows.getInt("id"),
                rows.getInt("most_sessions"),
                Duration.ofNanos(SPACING_NANOS / rows.getInt("most_connects")),
                Database.instant(rows, "next_connect")));
      }
    }
    return networks;
  }

  private static Open open(Connection connection, Instant now) throws SQLException {
    var open = new Open(new HashMap<>(), new HashMap<>());
    try (var statement = Database.prepare(connection, LEASED, now);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        open.byNetwork().merge(rows.getInt(1), rows.getInt(3), Integer::sum);
        Long gateway = Database.number(rows, "gateway_id");
        if (gateway != null) {
          open.byGateway().merge(gateway.intValue(), rows.getInt(3), Integer::sum);
        }
      }
    }
    return open;
  }

  /** Meters of a network, the most urgent first; those behind a gateway as far as it allows. */
  private static Set<Integer> candidates(
      Connection connection, int networkId, Instant now, int wanted, Open open)
      throws SQLException {
    var meters = new LinkedHashSet<Integer>();
    var full = new HashSet<Integer>();
    for (var due : IN_ORDER) {
      boolean more = true;
      while (more && meters.size() < wanted) {
        more = candidates(connection, due, networkId, now, wanted, open, full, meters);
      }
    }
    return meters;
  }

  /** Whether there may be more, since some that were due stood behind a full gateway. */
  private static boolean candidates(
      Connection connection,
      Due due,
      int networkId,
      Instant now,
      int wanted,
      Open open,
      Set<Integer> full,
      Set<Integer> meters)
      throws SQLException {
    int limit = 4 * wanted;
    var parameters = new ArrayList<Object>(List.of(due.priorities()));
    parameters.addAll(List.of(networkId, now, now));
    if (due.priorities().length > 0) {
      parameters.add(now);
    }
    parameters.addAll(
        List.of(
            ClaimedMeters.integers(connection, full),
            ClaimedMeters.integers(connection, meters),
            limit));
    int met = 0;
    int before = meters.size() + full.size();
    try (var statement = Database.prepare(connection, due.sql(), parameters.toArray());
        var rows = statement.executeQuery()) {
      while (rows.next() && meters.size() < wanted) {
        met++;
        take(rows, open, full, meters);
      }
    }
    return met >= limit && meters.size() + full.size() > before;
  }

  private static void take(ResultSet row, Open open, Set<Integer> full, Set<Integer> meters)
      throws SQLException {
    int meter = row.getInt("meter_id");
    Long gateway = Database.number(row, "gateway_id");
    if (gateway == null || meters.contains(meter)) {
      meters.add(meter);
      return;
    }
    int sessions = open.byGateway().getOrDefault(gateway.intValue(), 0);
    if (sessions < row.getInt("most_sessions")) {
      meters.add(meter);
      open.byGateway().put(gateway.intValue(), sessions + 1);
    } else {
      full.add(gateway.intValue());
    }
  }

  /** Takes the leases, and tells for each meter when its session may begin. */
  private void lease(
      Connection connection,
      Network network,
      Set<Integer> meters,
      Instant now,
      Duration lease,
      Map<Integer, Instant> starts)
      throws SQLException {
    var leased = new HashSet<Integer>();
    try (var statement =
            Database.prepare(
                connection,
                LEASE,
                node.name(),
                now.plus(lease),
                ClaimedMeters.integers(connection, meters),
                now);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        leased.add(rows.getInt(1));
      }
    }
    var start = network.first(now);
    for (int meter : meters) {
      if (leased.contains(meter)) {
        starts.put(meter, start);
        start = start.plus(network.spacing());
      }
    }
    if (!leased.isEmpty()) {
      try (var statement =
          Database.prepare(
              connection,
              "update network set next_connect = ? where id = ?",
              start,
              network.id())) {
        statement.executeUpdate();
      }
    }
  }

  /**
   * When a session may begin that could not begin in its time: after all that are planned, for it
   * would make one too many of those that begin now.
   */
  Instant startAnew(int networkId, Instant now) {
    return database
        .first(
            """
            update network n
               set next_connect = planned.start + ? * interval '1 microsecond' / n.most_connects
              from (select case when next_connect > ? and next_connect <= ? then next_connect
                                else ? end as start
                      from network where id = ? for update) planned
             where n.id = ? returning planned.start""",
            row -> Database.instant(row, "start"),
            TimeUnit.NANOSECONDS.toMicros(SPACING_NANOS),
            now,
            now.plus(BELIEVED),
            now,
            networkId,
            networkId)
        .orElse(now);
  }

  /** Gives back meters that could not be read, so that they are claimed again at once. */
  void release(DueMeter meter, Instant now) {
    operations.release(List.of(meter.id()));
    database.update(
        "update meter_contact set leased_by = null, leased_until = ?"
            + " where meter_id = ? and leased_by = ?",
        now,
        meter.id(),
        node.name());
  }
}
