package org.meterledger.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.Privileges;
import org.meterledger.audit.AuditVerdict.Break;
import org.meterledger.audit.AuditVerdict.Finding;
import org.meterledger.server.Database;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.SettableClock;
import org.meterledger.server.TestDatabase;

/** A trail that nobody touched is intact; whatever is done to it by force is found. */
class AuditSealsTest {

  private final SettableClock clock = new SettableClock("2026-11-21T08:00:00Z");
  private final Database database = TestDatabase.database();
  private final CurrentCaller caller = new CurrentCaller();
  private final Audit audit = new Audit(database, caller, clock);
  private final AuditSeals seals = new AuditSeals(database, clock, 0);
  private final AuditTrail trail = new AuditTrail(database, seals, audit);

  @BeforeEach
  void threeBatches() {
    byForce("truncate audit_entry, audit_seal");
    caller.is(7, "anna", 3, Privileges.NONE);
    caller.comes("192.0.2.7", "request-1");
    for (int batch = 0; batch < 3; batch++) {
      for (int entry = 0; entry < 4; entry++) {
        audit.done(
            AuditAction.METER_CHANGE, "M-" + entry, Map.of("alias", "old"), Map.of("alias", "new"));
      }
      assertThat(seals.seal()).isEqualTo(4);
    }
    assertThat(seals.seal()).as("nothing new").isZero();
  }

  /** As somebody would who owns the tables. */
  private void byForce(String... statements) {
    database.inTransaction(
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("set local session_replication_role = replica");
            for (String each : statements) {
              statement.execute(each);
            }
          }
          return null;
        });
  }

  private long id(int number) {
    return database
        .query("select id from audit_entry order by id", row -> row.getLong(1))
        .get(number);
  }

  @Test
  void tellsWhoDidWhatFromWhere() {
    var newest = trail.list(AuditFilter.ALL, 0, 1).get(0);

    assertThat(newest.account()).isEqualTo("anna");
    assertThat(newest.accountId()).isEqualTo(7);
    assertThat(newest.tokenId()).isEqualTo(3);
    assertThat(newest.address()).isEqualTo("192.0.2.7");
    assertThat(newest.correlationId()).isEqualTo("request-1");
    assertThat(newest.at()).isEqualTo(clock.instant());
    assertThat(newest.before()).isEqualTo("{\"alias\":\"old\"}");
    assertThat(newest.after()).isEqualTo("{\"alias\":\"new\"}");
    assertThat(newest.outcome()).isEqualTo(AuditEntry.Outcome.DONE);
  }

  @Test
  void findsByWhoWhatAndHow() {
    audit.denied(AuditAction.METER_ADD, "M-9");

    assertThat(trail.count(AuditFilter.ALL)).isEqualTo(13);
    assertThat(trail.list(filter(null, null, "M-2", null), 0, 100)).hasSize(3);
    assertThat(trail.list(filter(null, "METER", null, null), 0, 100)).hasSize(13);
    assertThat(trail.list(filter(null, "METER_ADD", null, null), 0, 100)).hasSize(1);
    assertThat(trail.list(filter("bert", null, null, null), 0, 100)).isEmpty();
    assertThat(trail.list(filter(null, null, null, AuditEntry.Outcome.DENIED), 0, 100)).hasSize(1);
    assertThat(trail.list(AuditFilter.ALL, 2, 3)).hasSize(3);
  }

  private static AuditFilter filter(
      String account, String action, String subject, AuditEntry.Outcome outcome) {
    return new AuditFilter(null, null, account, action, subject, outcome, null);
  }

  @Test
  void isTakenAwayInPartsWhileItGrows() {
    var first = trail.part(AuditFilter.ALL, null);
    audit.done(AuditAction.METER_CHANGE, "M-5", null, null);

    assertThat(first).hasSize(12).isSortedAccordingTo((a, b) -> Long.compare(b.id(), a.id()));
    assertThat(trail.part(AuditFilter.ALL, first.get(4).id()))
        .isEqualTo(first.subList(5, first.size()));
    assertThat(trail.part(AuditFilter.ALL, first.get(11).id())).isEmpty();
  }

  @Test
  void whoVerifiesLeavesALineToo() {
    assertThat(trail.verify().intact()).isTrue();

    var newest = trail.list(AuditFilter.ALL, 0, 1).get(0);
    assertThat(newest.action()).isEqualTo("AUDIT_VERIFY");
    assertThat(newest.after()).contains("\"entries\":12");
  }

  @Test
  void isIntactWhereNobodyTouchedIt() {
    audit.done(AuditAction.METER_CHANGE, "M-1", null, null);

    var verdict = seals.verify();

    assertThat(verdict.intact()).isTrue();
    assertThat(verdict.seals()).isEqualTo(3);
    assertThat(verdict.entries()).isEqualTo(12);
    assertThat(verdict.unsealed()).isEqualTo(1);
    assertThat(verdict.last()).matches("[0-9a-f]{64}");
  }

  @Test
  void onlyGrows() {
    for (String statement :
        List.of(
            "update audit_entry set account = 'bert'",
            "delete from audit_entry",
            "update audit_seal set entries = entries",
            "delete from audit_seal")) {
      assertThatThrownBy(() -> database.update(statement))
          .as(statement)
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("only grows");
    }
    assertThat(seals.verify().intact()).isTrue();
  }

  @Test
  void findsAnEntryThatWasChanged() {
    byForce("update audit_entry set account = 'bert' where id = " + id(5));

    assertThat(seals.verify().findings()).containsExactly(new Finding(Break.CHANGED, 2, id(5)));
  }

  @Test
  void findsAnEntryThatWasRemoved() {
    long removed = id(11);
    byForce("delete from audit_entry where id = " + removed);

    assertThat(seals.verify().findings()).containsExactly(new Finding(Break.REMOVED, 3, removed));
  }

  @Test
  void findsAnEntryThatWasPutIn() {
    long free = id(0) - 1;
    byForce(
        "insert into audit_entry (id, at, action, outcome) values ("
            + free
            + ", timestamptz '2026-11-21 07:00Z', 'METER_CHANGE', 'DONE')");

    assertThat(seals.verify().findings()).containsExactly(new Finding(Break.INSERTED, 1, free));
  }

  @Test
  void findsEntriesThatChangedPlaces() {
    long one = id(4);
    long other = id(6);
    byForce(
        "update audit_entry set id = -1 where id = " + one,
        "update audit_entry set id = " + one + " where id = " + other,
        "update audit_entry set id = " + other + " where id = -1");

    assertThat(seals.verify().findings())
        .containsExactly(new Finding(Break.CHANGED, 2, one), new Finding(Break.CHANGED, 2, other));
  }

  @Test
  void findsASealThatWasMadeAnew() {
    byForce(
        "update audit_entry set account = 'bert' where id = " + id(0),
        "update audit_seal set hash = sha256('forged') where id = 1");

    assertThat(seals.verify().findings())
        .contains(
            new Finding(Break.SEAL_CHANGED, 1, null),
            new Finding(Break.CHANGED, 1, id(0)),
            new Finding(Break.CHAIN_BROKEN, 2, null));
  }

  @Test
  void findsASealThatWasRemoved() {
    byForce("delete from audit_seal where id = 2");

    assertThat(seals.verify().findings()).contains(new Finding(Break.CHAIN_BROKEN, 3, null));
  }

  @Test
  void whatWentWithItsPartitionIsNotMissing() {
    var keeping = new AuditSeals(database, clock, 13);
    clock.advance(Duration.ofDays(500));
    audit.done(AuditAction.METER_CHANGE, "M-1", null, null);
    seals.seal();
    byForce("delete from audit_entry where at < timestamptz '2027-01-01 00:00Z'");

    var verdict = keeping.verify();

    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.dropped()).isEqualTo(12);
    assertThat(verdict.entries()).isEqualTo(1);
    assertThat(seals.verify().findings()).as("kept for ever").hasSize(12);
  }
}
