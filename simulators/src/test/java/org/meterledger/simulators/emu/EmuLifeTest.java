package org.meterledger.simulators.emu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterledger.simulators.SettableClock;

/** What happens to a meter, as its clients see it. 40 rows are there before, at 10:07. */
class EmuLifeTest {
  private Wired wired;

  @BeforeEach
  void start() {
    wired = Wired.household(40);
    wired.clock.advance(Duration.ofMinutes(7));
  }

  @AfterEach
  void stop() {
    wired.close();
  }

  @Test
  void clockSetBackRepeatsPeriodEnds() throws Exception {
    wired.meter.setClockBack(Duration.ofHours(1));
    wired.clock.advance(Duration.ofMinutes(68));

    assertThat(column(0, "/data/?from=38&to=45"))
        .containsExactly(
            "2026-03-28T09:30:00Z",
            "2026-03-28T09:45:00Z",
            "2026-03-28T10:00:00Z",
            "2026-03-28T09:15:00Z",
            "2026-03-28T09:30:00Z",
            "2026-03-28T09:45:00Z",
            "2026-03-28T10:00:00Z",
            "2026-03-28T10:15:00Z");
    assertThat(column(2, "/data/?from=40&to=42")).containsExactly("0", "1", "0");
    assertThat(wired.rows("/logbook/"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line).hasSize(21);
              assertThat(line.subList(0, 4))
                  .containsExactly("2026-03-28T10:07:00Z", "2026-03-28T09:07:00Z", "1", "22350001");
              assertThat(line.get(8)).isEqualTo("41");
            });
  }

  @Test
  void clockSetForwardLeavesPeriodEndsOut() throws Exception {
    wired.meter.setClockForward(Duration.ofHours(1));
    wired.clock.advance(Duration.ofMinutes(8));

    assertThat(column(0, "/data/?from=40&to=41"))
        .containsExactly("2026-03-28T10:00:00Z", "2026-03-28T11:15:00Z");
    assertThat(column(2, "/data/?last=1")).containsExactly("1");
  }

  @Test
  void duplicateIndexIsTheSameRowTwice() throws Exception {
    wired.meter.duplicateIndex();

    List<List<String>> rows = wired.rows("/data/?from=39&to=40");
    assertThat(rows).hasSize(3);
    assertThat(rows.get(2)).isEqualTo(rows.get(1));
    assertThat(wired.meter.truth()).hasSize(40);
  }

  @Test
  void rewrittenRowKeepsItsIndex() throws Exception {
    List<String> before = wired.rows("/data/?last=1").get(0);
    wired.meter.rewriteLastRow();
    List<String> after = wired.rows("/data/?last=1").get(0);

    assertThat(after.subList(0, 4)).isEqualTo(before.subList(0, 4));
    assertThat(Long.parseLong(after.get(4))).isEqualTo(Long.parseLong(before.get(4)) + 1);
  }

  @Test
  void nothingIsThereToRewriteInANewMeter() {
    EmuMeter fresh = new EmuMeter(Wired.settings().build(), new SettableClock(Wired.START));
    assertThatThrownBy(fresh::rewriteLastRow).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void powerFailureLosesRowsAndAnswers() throws Exception {
    wired.meter.powerFailure(Duration.ofHours(1));
    wired.clock.advance(Duration.ofMinutes(30));
    assertThatThrownBy(() -> wired.get("/data/")).isInstanceOf(IOException.class);

    wired.clock.advance(Duration.ofMinutes(53));
    assertThat(column(0, "/data/?from=40&to=42"))
        .containsExactly("2026-03-28T10:00:00Z", "2026-03-28T11:15:00Z", "2026-03-28T11:30:00Z");
    assertThat(column(2, "/data/?from=40&to=42")).containsExactly("0", "32", "0");
  }

  @Test
  void noEnergyFlowsThroughAMeterWithoutPower() throws Exception {
    String before = wired.get("/meterdata.json").body();
    wired.meter.powerFailure(Duration.ofDays(3));
    wired.clock.advance(Duration.ofDays(3));

    assertThat(energy(wired.get("/meterdata.json").body())).isEqualTo(energy(before));
  }

  @Test
  void restartedIndexBeginsAtOne() throws Exception {
    wired.meter.restartIndex();
    assertThat(wired.get("/data/").body()).isEmpty();
    assertThat(wired.get("/data/?from=1&to=50").body()).isEmpty();
    wired.clock.advance(Duration.ofMinutes(25));

    assertThat(wired.indices("/data/")).containsExactly(2, 1);
    assertThat(wired.meter.truth()).hasSize(42);
    assertThat(wired.meter.truth().get(41).generation()).isEqualTo(1);
    assertThat(wired.meter.truth().get(39).held()).isFalse();
    assertThat(wired.meter.truth().get(40).values().get(0))
        .isGreaterThanOrEqualTo(wired.meter.truth().get(39).values().get(0));
  }

  @Test
  void lostTimeStartsInTheYear2000() throws Exception {
    wired.meter.loseTime();
    wired.clock.advance(Duration.ofMinutes(30));
    wired.meter.synchroniseTime();
    wired.clock.advance(Duration.ofMinutes(15));

    assertThat(column(0, "/data/?from=41&to=43"))
        .containsExactly("2000-01-01T00:15:00Z", "2000-01-01T00:30:00Z", "2026-03-28T10:45:00Z");
    assertThat(column(2, "/data/?from=41&to=43")).containsExactly("64", "64", "1");
    assertThat(wired.meter.logbookTruth())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.timestamp()).isEqualTo(Instant.parse("2000-01-01T00:30:00Z"));
              assertThat(line.timestampAfter()).isEqualTo(wired.clock.instant().minusSeconds(900));
            });
  }

  @Test
  void transformersAreLogged() throws Exception {
    wired.meter.changeCurrentTransformer(500, 5);
    wired.meter.changeVoltageTransformer(200, 100);
    wired.clock.advance(Duration.ofMinutes(8));

    assertThat(column(2, "/data/?last=1")).containsExactly("6");
    List<List<String>> lines = wired.rows("/logbook/?from=1&to=2");
    assertThat(lines.get(0).subList(9, 17))
        .containsExactly("500", "5", "5", "5", "100", "100", "100", "100");
    assertThat(lines.get(1).subList(9, 17))
        .containsExactly("500", "500", "5", "5", "200", "100", "100", "100");
    assertThat(lines.get(0).get(0)).isEqualTo(lines.get(0).get(1));
  }

  @Test
  void fullLogbookTakesNoMoreAndIsFlagged() throws Exception {
    var settings = Wired.settings().logbookCapacity(1).build();
    try (Wired full = new Wired(settings, Wired.START)) {
      full.meter.changeCurrentTransformer(100, 5);
      full.meter.changeCurrentTransformer(200, 5);
      full.clock.advance(Duration.ofMinutes(30));

      assertThat(full.rows("/logbook/")).hasSize(1);
      assertThat(full.rows("/data/?from=1&to=2").stream().map(row -> row.get(2)))
          .containsExactly("130", "128");
    }
  }

  private List<String> column(int column, String path) throws Exception {
    return wired.rows(path).stream().map(row -> row.get(column)).toList();
  }

  private static String energy(String json) {
    return json.lines().filter(line -> line.contains("wpulse_cnt")).toList().toString();
  }
}
