package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.meterledger.simulators.g13.Fault;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;
import org.meterledger.simulators.g13.MeterSettings;

/** What a gateway answered when it answered nonsense is kept with the attempt, and only then. */
class KeptAnswerTest {

  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private static GatewayFixture there;
  private static ReadingFixture reading;

  @BeforeAll
  static void start() {
    var meter = MeterSettings.of("KEPT0001", "A44 512-100", START);
    reading = new ReadingFixture(START.plus(Duration.ofHours(3)), List.of());
    var settings = GatewaySettings.of("ABBG13KEPT01", List.of(meter));
    there = new GatewayFixture(reading, G13Simulator.start(List.of(settings), 0, reading.clock));
  }

  @AfterAll
  static void stop() {
    there.close();
  }

  private static List<ReadingAttempts.ReadingAttempt> attemptsSince(Instant since) {
    return new ReadingAttempts(reading.database, reading.clock)
        .of(there.meterId(), 0, 100).stream()
            .filter(each -> !each.startedAt().isBefore(since))
            .toList();
  }

  @Test
  void nonsenseIsKeptAndNothingOfItArchived() throws InterruptedException {
    reading.readAfter(Duration.ZERO);
    var whole = attemptsSince(START);
    assertThat(whole).isNotEmpty().allMatch(each -> "COMPLETE".equals(each.result()));
    assertThat(whole).extracting(ReadingAttempts.ReadingAttempt::answer).containsOnlyNulls();
    var rows = rows();

    var gateway = there.gateway();
    gateway.inject(Fault.GARBAGE, 1_000, "/meters/KEPT0001/loadprofiles/1/");
    var during = reading.clock.instant().plusSeconds(1);
    reading.readAfter(Duration.ofHours(1));
    var spoiled = attemptsSince(during).stream().filter(each -> each.answer() != null).toList();
    assertThat(spoiled).hasSize(1);
    assertThat(spoiled.get(0).kind()).isEqualTo("LOAD_PROFILE");
    assertThat(spoiled.get(0).fault()).isIn("PROTOCOL", "INVALID_DATA");
    assertThat(spoiled.get(0).answer()).startsWith("HTTP 200\n");
    assertThat(rows()).isEqualTo(rows);

    gateway.clearFaults();
    var after = reading.clock.instant().plusSeconds(1);
    reading.readAfter(Duration.ofHours(1));
    assertThat(attemptsSince(after)).isNotEmpty().allMatch(each -> Objects.isNull(each.answer()));
    assertThat(rows()).isGreaterThan(rows);
  }

  private static int rows() {
    return reading
        .database
        .first(
            """
            select count(*) from load_profile_entry e join load_profile p on p.id = e.profile_id
             where p.meter_id = ? and p.obis = '1-0:99.1.0*255'""",
            row -> row.getInt(1),
            there.meterId())
        .orElseThrow();
  }
}
