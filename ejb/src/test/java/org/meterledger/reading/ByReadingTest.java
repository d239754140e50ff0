package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.archive.Values;
import org.meterledger.driver.Finding;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.Unit;
import org.meterledger.simulators.emu.Fault;

/**
 * A load profile that the portal makes by reading registers. The oracle is the profile that the
 * simulated meter keeps, and which is never read here: it is captured at the same ends.
 */
class ByReadingTest {

  private static final Instant START = Instant.parse("2026-10-20T10:00:00Z");
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final int TOLERANCE = 60;

  private static final String DUE_BEFORE =
      """
      select count(*)::int from reading_task
       where meter_id = ? and due_at < ? and at_period_end""";

  private static ByReadingFixture quarterHours() {
    return new ByReadingFixture(START, QUARTER, TOLERANCE);
  }

  @Test
  void everyPeriodEndHoldsWhatTheMeterHadCountedByThen() throws Exception {
    try (var profile = quarterHours()) {
      profile.readAll(0, 5);

      assertThat(profile.archived()).isEqualTo(profile.truth(5, 0, 1, 2, 3, 4, 5));
      assertThat(profile.told(Values.DIFFERENCE)).hasSize(6).startsWith("null").doesNotContain("0");
      assertThat(profile.profiles.of(profile.reading.meterId(0)))
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.obis()).isEqualTo(ProfileCatalog.byReading(QUARTER));
                assertThat(each.capturePeriod()).isEqualTo(QUARTER);
                assertThat(each.channels())
                    .last()
                    .satisfies(last -> assertThat(last.channel().unit()).isEqualTo(Unit.SECOND));
              });
      assertThat(profile.reading.attempts(0)).hasSize(6).containsOnly("COMPLETE");
      assertThat(profile.reading.findings(0)).isEmpty();
    }
  }

  @Test
  void whatWasReadForTheProfileIsThePresentValueToo() throws Exception {
    try (var profile = quarterHours()) {
      profile.readAll(0, 1);

      // plan 1 wants both: the meter was asked once for them, not twice
      var asked =
          profile.reading.meter(0).requestedPaths().stream()
              .filter(path -> path.startsWith("/meterdata.json"))
              .count();
      assertThat(asked).isEqualTo(2);
      assertThat(
              profile.reading.count(
                  "select count(*)::int from present_register where meter_id = ? and read_at >= ?",
                  profile.reading.meterId(0),
                  profile.end(1)))
          .isPositive();
    }
  }

  @Test
  void aLateReadingIsFlaggedAndOneThatIsNearerToTheNextEndIsNone() throws Exception {
    try (var profile = quarterHours()) {
      profile.readAll(0, 1);
      profile.readAt(2, Duration.ofSeconds(TOLERANCE));
      profile.readAt(3, Duration.ofSeconds(TOLERANCE).plusMillis(1));
      profile.readAt(4, QUARTER.dividedBy(2));
      profile.readAll(5, 6);

      assertThat(profile.told(Values.DIFFERENCE))
          .hasSize(6)
          .satisfies(
              rows -> {
                assertThat(rows.get(2)).matches("\\d+");
                assertThat(rows.get(3)).matches("\\d+ READ_LATE");
                assertThat(rows.get(4)).isEqualTo("null");
                assertThat(rows.get(5)).matches("\\d+");
              });
      assertThat(profile.archived()).noneMatch(row -> row.startsWith(profile.end(4).toString()));
    }
  }

  @Test
  void anAnswerThatTakesTooLongIsNotTheIntervalsValue() throws Exception {
    try (var profile = new ByReadingFixture(START, Duration.ofMinutes(5), TOLERANCE)) {
      profile.readAll(0, 0);
      profile.driver.takes = Duration.ofMinutes(3);
      profile.readAt(1, SOON);
      profile.driver.takes = Duration.ofSeconds(70);
      profile.readAt(2, SOON);

      assertThat(profile.archived())
          .hasSize(2)
          .last()
          .asString()
          .startsWith(profile.end(2).toString())
          .endsWith(",73000}");
      assertThat(profile.told(Values.READING)).last().asString().endsWith(" READ_LATE");
    }
  }

  @Test
  void endsWhileTheServerWasDownAreAGapForGood() throws Exception {
    try (var profile = quarterHours()) {
      profile.readAll(0, 2);
      profile.readAll(7, 7);
      profile.count();
      assertThat(profile.gaps()).containsExactly("4 null");

      profile.readAll(8, 8);
      profile.count();

      assertThat(profile.gaps()).containsExactly("4 NOT_READ");
      assertThat(profile.archived()).isEqualTo(profile.truth(5, 0, 1, 2, 7, 8));
      assertThat(profile.told(Values.DIFFERENCE).get(3)).isEqualTo("null");
    }
  }

  @Test
  void anEndIsStoredAsFirstReadWhoeverReadsItAgain() throws Exception {
    try (var profile = quarterHours()) {
      profile.readAll(0, 1);
      profile.reading.addNode("second");
      profile.reading.readAfter(Duration.ofMinutes(2));
      profile.reading.readAfter(Duration.ofMinutes(2));

      assertThat(profile.archived()).isEqualTo(profile.truth(5, 0, 1));
      assertThat(profile.superseded()).isZero();
    }
  }

  @Test
  void twoNodesReadEachEndOnce() throws Exception {
    try (var profile = quarterHours()) {
      profile.reading.addNode("second");
      profile.readAll(0, 4);

      assertThat(profile.archived()).isEqualTo(profile.truth(5, 0, 1, 2, 3, 4));
      assertThat(profile.reading.attempts(0)).hasSize(5);
    }
  }

  @Test
  void aRegisterThatRollsOverCountsOn() throws Exception {
    try (var profile = quarterHours()) {
      profile.readAll(0, 2);
      var before = profile.told(Values.DIFFERENCE);
      profile.driver.turnedBy = 100_000_000 - reading(profile, 2) - 1;
      profile.readAll(3, 4);

      // turning is no roll-over: it is as if another device had come
      assertThat(profile.told(Values.DIFFERENCE).subList(0, 3)).isEqualTo(before);
      assertThat(profile.told(Values.DIFFERENCE).get(3)).startsWith("null REGISTERS_RESTARTED");
    }
    try (var profile = quarterHours()) {
      profile.driver.turnedBy = 100_000_000 - firstReading(profile) - 1;
      profile.readAll(0, 3);

      assertThat(profile.told(Values.READING).get(0)).isEqualTo("99999999");
      assertThat(profile.told(Values.DIFFERENCE))
          .isEqualTo(differences(profile, 0, 1, 2, 3))
          .doesNotContain("0");
      assertThat(profile.reading.findings(0)).isEmpty();
    }
  }

  @Test
  void registersThatBeginAnewHaveNoDifferenceAndThatIsTold() throws Exception {
    try (var profile = quarterHours()) {
      profile.driver.turnedBy = 60_000_000;
      profile.readAll(0, 2);
      profile.driver.turnedBy = 0; // the back of another meter, with other readings
      profile.readAll(3, 5);
      profile.driver.turnedBy = 1_000_000; // forward as well: nothing counts a MWh in no time
      profile.readAll(6, 7);

      assertThat(profile.told(Values.DIFFERENCE))
          .satisfies(
              rows -> {
                assertThat(rows.get(3)).isEqualTo("null REGISTERS_RESTARTED");
                assertThat(rows.get(6)).isEqualTo("null REGISTERS_RESTARTED");
                assertThat(rows.subList(4, 6)).allMatch(row -> row.matches("\\d{1,5}"));
                assertThat(rows.get(7)).matches("\\d{1,5}");
              });
      int told = Finding.Kind.REGISTERS_RESTARTED.code();
      assertThat(profile.reading.findings(0)).containsExactly(told, told);
    }
  }

  @Test
  void aRegisterThatIsNotToldOrToldInAnotherUnitIsMissing() throws Exception {
    try (var profile = quarterHours()) {
      profile.readAll(0, 0);
      profile.driver.tells = each -> each.obis().equals(ByReadingFixture.T1) ? null : each;
      profile.readAll(1, 1);
      profile.driver.tells = ByReadingTest::inAnotherUnit;
      profile.readAll(2, 2);
      profile.driver.tells = each -> each;
      profile.readAll(3, 4);

      assertThat(profile.archived().subList(1, 3))
          .allMatch(row -> row.matches("\\S+ \\{NULL,\\d+,\\d+,\\d+,5}"));
      assertThat(profile.told(Values.READING).subList(1, 3)).containsOnly("null");
      assertThat(profile.told(Values.DIFFERENCE).subList(0, 4)).containsOnly("null");
      assertThat(profile.told(Values.DIFFERENCE).get(4)).matches("\\d+");
      assertThat(profile.reading.findings(0)).isEmpty();
    }
  }

  private static RegisterValue inAnotherUnit(RegisterValue each) {
    return each.obis().equals(ByReadingFixture.T1)
        ? new RegisterValue(each.obis(), new Quantity(each.quantity().value(), Unit.VAR_HOUR), null)
        : each;
  }

  @Test
  void thePortalsClockGoingBackChangesNothingAndGoingForwardLeavesAGap() throws Exception {
    try (var profile = quarterHours()) {
      profile.readAll(0, 4);
      var before = profile.archived();
      profile.reading.clock.set(profile.end(2).plus(SOON));
      profile.reading.start(); // who was contacted later than now is not due
      profile.readAll(5, 5);
      assertThat(profile.archived()).startsWith(before.toArray(String[]::new)).hasSize(6);
      assertThat(profile.superseded()).isZero();

      profile.readAt(9, SOON);
      profile.count();
      assertThat(profile.archived()).hasSize(7);
      assertThat(profile.gaps()).containsExactly("3 null");
    }
  }

  @Test
  void aMetersOwnClockDoesNotMatter() throws Exception {
    try (var profile = quarterHours()) {
      profile.readAll(0, 1);
      profile.reading.meter(0).setClockForward(Duration.ofMinutes(40));
      profile.readAll(2, 4);

      assertThat(profile.archived())
          .extracting(row -> row.substring(0, row.indexOf(' ')))
          .containsExactlyElementsOf(
              IntStream.range(0, 5).mapToObj(i -> profile.end(i).toString()).toList());
      assertThat(profile.archived()).allMatch(row -> row.endsWith(",5}"));
    }
  }

  @Test
  void aFaultIsTriedAgainWhileTheAnswerStillStandsForTheEnd() throws Exception {
    try (var profile = quarterHours()) {
      profile.readAll(0, 0);
      profile.reading.meter(0).inject(Fault.HTTP_500);
      profile.readAt(1, SOON);
      profile.reading.meter(0).clearFaults();
      profile.readAt(1, Duration.ofSeconds(55));

      assertThat(profile.reading.attempts(0).get(1)).startsWith("FAILED");
      assertThat(profile.archived()).hasSize(2).last().asString().endsWith(",55000}");

      profile.reading.meter(0).inject(Fault.HTTP_500);
      profile.readAt(2, QUARTER.dividedBy(2).minusSeconds(10));
      assertThat(profile.reading.count(DUE_BEFORE, profile.reading.meterId(0), profile.end(3)))
          .isZero();
    }
  }

  @Test
  void aDayWithTwentyFiveHoursIsComplete() throws Exception {
    var midnight = Instant.parse("2026-10-24T22:00:00Z"); // in Zurich
    try (var profile = new ByReadingFixture(midnight, Duration.ofHours(1), TOLERANCE)) {
      profile.readAll(0, 26);
      profile.count();

      assertThat(profile.completeness("2026-10-25")).isEqualTo("25 25");
      assertThat(profile.gaps()).isEmpty();
      assertThat(profile.told(Values.DIFFERENCE)).hasSize(27);
    }
  }

  private static long reading(ByReadingFixture profile, int end) throws IOException {
    return Long.parseLong(profile.told(Values.READING).get(end));
  }

  /** T1 as the meter itself has it at the first end. */
  private static long firstReading(ByReadingFixture profile) {
    var row = profile.truth(0, 0).get(0);
    return Long.parseLong(row.substring(row.indexOf('{') + 1, row.indexOf(',')));
  }

  /** What the meter's own profile says that T1 counted. */
  private static List<String> differences(ByReadingFixture profile, int... ends) {
    var told = new ArrayList<String>();
    long before = -1;
    for (var row : profile.truth(0, ends)) {
      long now = Long.parseLong(row.substring(row.indexOf('{') + 1, row.indexOf(',')));
      told.add(before < 0 ? "null" : String.valueOf(now - before));
      before = now;
    }
    return told;
  }
}
