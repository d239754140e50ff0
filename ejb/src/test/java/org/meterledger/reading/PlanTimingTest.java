package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.model.PeriodEndRegisters;

class PlanTimingTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  @Test
  void aMeterIsAskedOncePerIntervalAtItsOwnPlace() {
    var timing = PlanTiming.every(Duration.ofMinutes(15), Duration.ofMinutes(5));
    for (int meter = 1; meter < 200; meter++) {
      var first = timing.next(meter, NOON);
      assertThat(first).isAfter(NOON).isBeforeOrEqualTo(NOON.plusSeconds(15 * 60 + 305));
      assertThat(timing.next(meter, first)).isEqualTo(first.plusSeconds(900));
      assertThat(timing.next(meter, first.minusMillis(1))).isEqualTo(first);
    }
  }

  private static PeriodGrid grid(int minutes, String zone) {
    var length = Duration.ofMinutes(minutes);
    return new PeriodGrid(
        new PeriodEndRegisters.Period(length, Duration.ofSeconds(10)), ZoneId.of(zone));
  }

  @Test
  void atPeriodEndsAllMetersAreAskedAtOnceInAnOrderThatChanges() {
    var timing = PlanTiming.atPeriodEnds(grid(15, "Europe/Zurich"));
    var last = new HashSet<Integer>();
    var end = NOON;
    for (int turn = 0; turn < 10; turn++) {
      int latest = 1;
      for (int meter = 1; meter <= 50; meter++) {
        var due = timing.next(meter, end.minusNanos(1));
        assertThat(due).isBetween(end, end.plusMillis(1));
        assertThat(timing.next(meter, due)).isBetween(end.plusSeconds(900), end.plusSeconds(901));
        if (due.isAfter(timing.next(latest, end.minusNanos(1)))) {
          latest = meter;
        }
      }
      last.add(latest);
      end = end.plusSeconds(900);
    }
    assertThat(last).hasSizeGreaterThan(5);
  }

  @Test
  void periodsEndByStandardTimeWhateverTheSeason() {
    var india = grid(60, "Asia/Kolkata"); // five hours and a half ahead
    assertThat(india.endAtOrBefore(NOON)).isEqualTo(Instant.parse("2026-11-21T11:30:00Z"));
    var lordHowe = grid(60, "Australia/Lord_Howe"); // ten and a half, eleven in summer
    assertThat(lordHowe.endAtOrBefore(NOON)).isEqualTo(Instant.parse("2026-11-21T11:30:00Z"));
    assertThat(lordHowe.endAtOrBefore(Instant.parse("2026-07-01T12:29:59Z")))
        .isEqualTo(Instant.parse("2026-07-01T11:30:00Z"));
    assertThat(grid(60, "Europe/Zurich").endAtOrBefore(NOON)).isEqualTo(NOON);
    assertThat(grid(15, "Asia/Kathmandu").endAtOrBefore(NOON.minusMillis(1)))
        .isEqualTo(NOON.minusSeconds(900));
  }

  @Test
  void aReadingStandsForTheEndThatIsNearer() {
    var grid = grid(15, "UTC");
    assertThat(grid.storable(NOON, NOON.minusNanos(1))).isFalse();
    assertThat(grid.storable(NOON, NOON)).isTrue();
    assertThat(grid.storable(NOON, NOON.plusSeconds(450).minusNanos(1))).isTrue();
    assertThat(grid.storable(NOON, NOON.plusSeconds(450))).isFalse();
    assertThat(grid.late(NOON, NOON.plusSeconds(10))).isFalse();
    assertThat(grid.late(NOON, NOON.plusSeconds(10).plusNanos(1))).isTrue();
  }

  @Test
  void manyMetersAreSpreadEvenly() {
    var timing = PlanTiming.every(Duration.ofMinutes(15), Duration.ofMinutes(5));
    var perSecond = new TreeMap<Long, Integer>();
    for (int meter = 1; meter <= 30_000; meter++) {
      perSecond.merge(timing.next(meter, NOON).getEpochSecond(), 1, Integer::sum);
    }
    assertThat(perSecond).hasSize(300);
    assertThat(perSecond.values()).allMatch(meters -> meters >= 80 && meters <= 120);
  }

  @Test
  void crontabTimesAreInTheZoneOfThePlanAcrossTheDaylightSavingChange() {
    var timing = PlanTiming.cron("30 2 * * *", ZURICH, Duration.ZERO);
    // 2027-03-28: there is no half past two; 2026-10-25: there are two
    var spring = Instant.parse("2027-03-27T12:00:00Z");
    assertThat(timing.next(7, spring)).isEqualTo(Instant.parse("2027-03-28T01:30:00Z"));
    var autumn = Instant.parse("2026-10-24T12:00:00Z");
    var first = timing.next(7, autumn);
    assertThat(first)
        .isIn(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-25T01:30:00Z"));
    var summer = Instant.parse("2026-07-01T12:00:00Z");
    assertThat(timing.next(7, summer)).isEqualTo(Instant.parse("2026-07-02T00:30:00Z"));
  }

  @Test
  void crontabTimesAreSpreadTooAndNoneIsLeftOut() {
    var timing = PlanTiming.cron("0 * * * *", ZURICH, Duration.ofMinutes(30));
    var places = new HashSet<Long>();
    for (int meter = 1; meter <= 500; meter++) {
      var at = timing.next(meter, NOON);
      long place = at.getEpochSecond() % 3_600;
      places.add(place);
      assertThat(place).isBetween(0L, 1_799L);
      for (int hours = 0; hours < 30; hours++) {
        var next = timing.next(meter, at);
        assertThat(next).isEqualTo(at.plusSeconds(3_600));
        at = next;
      }
    }
    assertThat(places.size()).isGreaterThan(300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "* * * *", "61 * * * *", "0 0 30 2 *", "every day", "@reboot now"})
  void whatIsNoCrontabLineOrNeverComesIsRefused(String cron) {
    assertThatThrownBy(() -> PlanTiming.cron(cron, ZURICH, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
