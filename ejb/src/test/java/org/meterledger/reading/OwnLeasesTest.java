package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.meterledger.notice.NoticeListener;
import org.meterledger.server.Database;
import org.meterledger.server.Node;
import org.meterledger.server.TestDatabase;

class OwnLeasesTest {

  private static final Duration LEASE = Duration.ofMinutes(5);

  private final Database database = TestDatabase.database();
  private final Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final Instant begun = now.minusSeconds(10);

  private OwnLeases of(Node node) {
    return new OwnLeases(database, node, Clock.fixed(now, ZoneOffset.UTC));
  }

  /** A meter that a node claimed at a time; its id. */
  private int leased(String serial, Node by, Instant at) {
    int meter = TestDatabase.meter(serial, "http://127.0.0.1:9");
    database.update(
        "insert into meter_contact (meter_id, leased_by, leased_until) values (?, ?, ?)",
        meter,
        by.name(),
        at.plus(LEASE));
    return meter;
  }

  private boolean free(int meter) {
    return database
        .first(
            "select leased_until <= ? and leased_by is null from meter_contact where meter_id = ?",
            row -> row.getBoolean(1),
            now,
            meter)
        .orElseThrow();
  }

  @Test
  void whatItsPredecessorHeldIsFreeAndNothingElse() {
    var node = new Node("restarted");
    int before = leased("OWN-1", node, begun.minusSeconds(30));
    int since = leased("OWN-2", node, begun.plusSeconds(1));
    int others = leased("OWN-3", new Node("other"), begun.minusSeconds(30));

    assertThat(of(node).giveBack(begun, LEASE)).isEqualTo(1);

    assertThat(free(before)).isTrue();
    assertThat(free(since)).isFalse();
    assertThat(free(others)).isFalse();
  }

  @Test
  void nothingIsTakenFromALivingNodeOfTheSameName() throws Exception {
    var node = new Node("twin");
    int meter = leased("OWN-4", node, begun.minusSeconds(30));
    try (Connection twin = database.open();
        var statement = twin.createStatement()) {
      statement.execute("set application_name = '" + NoticeListener.applicationName(node) + "'");
      assertThat(of(node).giveBack(farBeyond(), Duration.ZERO)).isZero();
      statement.execute("reset application_name");
    }
    assertThat(free(meter)).isFalse();
    assertThat(of(node).giveBack(farBeyond(), Duration.ZERO)).isEqualTo(1);
  }

  /** After every connection of the test's database began. */
  private static Instant farBeyond() {
    return Instant.now().plus(Duration.ofDays(1));
  }
}
