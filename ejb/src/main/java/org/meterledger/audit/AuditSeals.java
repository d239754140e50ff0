package org.meterledger.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.meterledger.audit.AuditVerdict.Break;
import org.meterledger.audit.AuditVerdict.Finding;
import org.meterledger.server.Database;

/**
 * Seals the trail in batches and verifies it. Each seal holds the hash of the one before, and a
 * digest of each entry; so it can be told which entry was changed, taken away or put in between.
 */
@ApplicationScoped
public class AuditSeals {

  /** A batch: what is sealed at once. */
  static final int MOST = 5_000;

  /** Of what is wrong, so much is told one by one. */
  private static final int MOST_FINDINGS = 1_000;

  private static final int DIGEST = 32;
  private static final int PART = Long.BYTES + DIGEST;
  private static final byte[] BEGINNING = new byte[DIGEST];

  /** One number for all nodes: one of them seals. */
  private static final long LOCK = 0x4d4c_4155_4449L;

  /** Shared by all who write an entry until their transactions end: a trigger takes it. */
  private static final long WRITING = 0x4d4c_4155_4457L;

  private static final String KEPT_MONTHS = "METERLEDGER_KEEP_AUDIT_MONTHS";
  private static final int LEAST_MONTHS = 12;

  private final Database database;
  private final Clock clock;
  private final int keptMonths;

  /** For the client proxy only. */
  protected AuditSeals() {
    this(null, null, 0);
  }

  @Inject
  AuditSeals(Database database, Clock clock) {
    this(database, clock, keptMonths(System.getenv()));
  }

  /**
   * @param keptMonths after which partitions of entries are dropped; 0 for never
   */
  public AuditSeals(Database database, Clock clock, int keptMonths) {
    this.database = database;
    this.clock = clock;
    this.keptMonths = keptMonths;
  }

  /** So long entries are kept: a year at least, which the database sees to; 0 for ever. */
  public static int keptMonths(Map<String, String> environment) {
    int months = Integer.parseInt(environment.getOrDefault(KEPT_MONTHS, "0"));
    return months == 0 ? 0 : Math.max(months, LEAST_MONTHS);
  }

  /** A seal as it was stored. */
  private record Seal(
      long id,
      long firstId,
      long lastId,
      int entries,
      Instant fromAt,
      Instant toAt,
      byte[] digests,
      byte[] previous,
      byte[] hash) {}

  /**
   * Seals what is there and not sealed yet, a batch at most.
   *
   * @return how many entries
   */
  public int seal() {
    long end = highest();
    return database.inTransaction(
        connection -> {
          if (!alone(connection)) {
            return 0;
          }
          var last = last(connection);
          long after = last.map(Seal::lastId).orElse(0L);
          var entries = entries(connection, after, end);
          if (!entries.isEmpty()) {
            insert(connection, last, entries);
          }
          return entries.size();
        });
  }

  /**
   * The highest id below which no entry can appear any more: who writes one holds a lock from
   * before it has an id until its transaction ends, and this waits for that, shortly.
   */
  private long highest() {
    return database.inTransaction(
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '2s'");
            statement.execute("select pg_advisory_xact_lock(" + WRITING + ")");
            try (var row = statement.executeQuery("select coalesce(max(id), 0) from audit_entry")) {
              row.next();
              return row.getLong(1);
            }
          }
        });
  }

  private static boolean alone(Connection connection) throws SQLException {
    try (var statement = Database.prepare(connection, "select pg_try_advisory_xact_lock(?)", LOCK);
        var row = statement.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static Optional<Seal> last(Connection connection) throws SQLException {
    try (var statement =
            Database.prepare(connection, "select * from audit_seal order by id desc limit 1");
        var row = statement.executeQuery()) {
      return row.next() ? Optional.of(seal(row)) : Optional.empty();
    }
  }

  private static List<AuditEntry> entries(Connection connection, long after, long end)
      throws SQLException {
    try (var statement =
            Database.prepare(
                connection,
                "select * from audit_entry where id > ? and id <= ? order by id limit ?",
                after,
                end,
                MOST);
        var rows = statement.executeQuery()) {
      var entries = new ArrayList<AuditEntry>();
      while (rows.next()) {
        entries.add(AuditTrail.entry(rows));
      }
      return entries;
    }
  }

  private void insert(Connection connection, Optional<Seal> last, List<AuditEntry> entries)
      throws SQLException {
    var digests = ByteBuffer.allocate(PART * entries.size());
    entries.forEach(entry -> digests.putLong(entry.id()).put(entry.digest()));
    long first = entries.get(0).id();
    long until = entries.get(entries.size() - 1).id();
    byte[] previous = last.map(Seal::hash).orElse(BEGINNING);
    var times = entries.stream().map(AuditEntry::at).sorted().toList();
    try (var statement =
        Database.prepare(
            connection,
            """
            insert into audit_seal (id, first_id, last_id, entries, from_at, to_at, digests,
                                    previous, hash, sealed_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            last.map(Seal::id).orElse(0L) + 1,
            first,
            until,
            entries.size(),
            times.get(0),
            times.get(times.size() - 1),
            digests.array(),
            previous,
            hash(previous, first, until, digests.array()),
            clock.instant())) {
      statement.executeUpdate();
    }
  }

  private static byte[] hash(byte[] previous, long first, long last, byte[] digests) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update(previous);
      sha.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(first).putLong(last).array());
      return sha.digest(digests);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Looks at every seal and every entry, and says where they differ. */
  public AuditVerdict verify() {
    var findings = new ArrayList<Finding>();
    long seals = 0;
    long entries = 0;
    long dropped = 0;
    var kept = kept();
    Seal before = null;
    for (var next = after(0); next.isPresent(); next = after(before.id())) {
      var seal = next.get();
      check(before, seal, findings);
      if (seal.toAt().isBefore(kept)) {
        dropped += seal.entries();
      } else {
        entries += compare(seal, before == null ? Long.MIN_VALUE : before.lastId(), kept, findings);
      }
      seals++;
      before = seal;
    }
    long unsealed =
        database
            .first(
                "select count(*) from audit_entry where id > ?",
                row -> row.getLong(1),
                before == null ? Long.MIN_VALUE : before.lastId())
            .orElseThrow();
    return new AuditVerdict(
        seals,
        entries,
        dropped,
        unsealed,
        before == null ? null : HexFormat.of().formatHex(before.hash()),
        findings.size(),
        List.copyOf(findings.subList(0, Math.min(findings.size(), MOST_FINDINGS))));
  }

  /** Before it entries may have gone with their partitions. */
  private Instant kept() {
    return keptMonths == 0
        ? Instant.MIN
        : LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
            .minusMonths(keptMonths)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
  }

  private Optional<Seal> after(long id) {
    return database.first(
        "select * from audit_seal where id > ? order by id limit 1", AuditSeals::seal, id);
  }

  private static void check(Seal before, Seal seal, List<Finding> findings) {
    byte[] expected = before == null ? BEGINNING : before.hash();
    if (seal.id() != (before == null ? 1 : before.id() + 1)
        || !Arrays.equals(expected, seal.previous())) {
      findings.add(new Finding(Break.CHAIN_BROKEN, seal.id(), null));
    }
    byte[] hash = hash(seal.previous(), seal.firstId(), seal.lastId(), seal.digests());
    if (!Arrays.equals(hash, seal.hash())) {
      findings.add(new Finding(Break.SEAL_CHANGED, seal.id(), null));
    }
  }

  private long compare(Seal seal, long after, Instant kept, List<Finding> findings) {
    var sealed = new TreeMap<Long, byte[]>();
    var digests = ByteBuffer.wrap(seal.digests());
    while (digests.remaining() >= PART) {
      long id = digests.getLong();
      byte[] digest = new byte[DIGEST];
      digests.get(digest);
      sealed.put(id, digest);
    }
    long there = 0;
    for (var entry :
        database.query(
            "select * from audit_entry where id > ? and id <= ? order by id",
            AuditTrail::entry,
            after,
            seal.lastId())) {
      byte[] digest = sealed.remove(entry.id());
      if (digest == null) {
        findings.add(new Finding(Break.INSERTED, seal.id(), entry.id()));
      } else if (Arrays.equals(digest, entry.digest())) {
        there++;
      } else {
        findings.add(new Finding(Break.CHANGED, seal.id(), entry.id()));
      }
    }
    // of a batch across the edge of what is kept the older part may be gone
    if (!seal.fromAt().isBefore(kept)) {
      sealed.keySet().forEach(id -> findings.add(new Finding(Break.REMOVED, seal.id(), id)));
    }
    return there;
  }

  private static Seal seal(ResultSet row) throws SQLException {
    return new Seal(
        row.getLong("id"),
        row.getLong("first_id"),
        row.getLong("last_id"),
        row.getInt("entries"),
        Database.instant(row, "from_at"),
        Database.instant(row, "to_at"),
        row.getBytes("digests"),
        row.getBytes("previous"),
        row.getBytes("hash"));
  }
}
