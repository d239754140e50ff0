package org.meterledger.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.RowStatus;
import org.meterledger.server.Database;
import org.meterledger.server.SettableClock;
import org.meterledger.server.TestDatabase;

class CompletenessTest {

  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration FIVE = Duration.ofMinutes(5);

  private final CountFixture count = new CountFixture("2026-11-21T12:00:00Z");
  private final ArchiveFixture archive = new ArchiveFixture();

  /** Rows that end after {@code from} up to {@code to}; the index follows the time. */
  private static ProfileRow[] rows(String from, String to, Duration period) {
    var begin = Instant.parse(from);
    long n = Duration.between(begin, Instant.parse(to)).dividedBy(period);
    return IntStream.rangeClosed(1, (int) n)
        .mapToObj(i -> begin.plus(period.multipliedBy(i)))
        .map(at -> ArchiveFixture.row(at, at.getEpochSecond() / 60, 1, 1))
        .toArray(ProfileRow[]::new);
  }

  private List<String> days(String first, String last) {
    count.all();
    return count
        .completeness
        .daysOfMeter(
            archive.meterId,
            ZoneId.of("Europe/Zurich"),
            LocalDate.parse(first),
            LocalDate.parse(last))
        .stream()
        .map(CompletenessTest::told)
        .toList();
  }

  private static String told(Completeness.Day day) {
    return day.day() + " " + day.stored() + "/" + day.expected();
  }

  @Test
  void daysAreThoseOfTheMetersTimeZoneAndTheFirstOneBeginsWithTheFirstRow() {
    archive.store(rows("2026-11-18T11:00:00Z", "2026-11-20T23:15:00Z", QUARTER));

    assertThat(days("2026-11-17", "2026-11-21"))
        .containsExactly(
            "2026-11-17 0/0",
            "2026-11-18 48/48",
            "2026-11-19 96/96",
            "2026-11-20 96/96",
            "2026-11-21 1/50"); // at 13:00 local time, but for what may still be on its way
  }

  @Test
  void daysOfTwentyThreeAndTwentyFiveHoursAreOrdinaryDays() {
    archive.store(rows("2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z", QUARTER));
    archive.store(rows("2026-10-23T22:00:00Z", "2026-10-26T23:00:00Z", QUARTER));

    assertThat(days("2026-03-28", "2026-03-30"))
        .containsExactly("2026-03-28 96/96", "2026-03-29 92/92", "2026-03-30 96/96");
    assertThat(days("2026-10-24", "2026-10-26"))
        .containsExactly("2026-10-24 96/96", "2026-10-25 100/100", "2026-10-26 96/96");
  }

  /** On the Azores clocks go from one o'clock back to midnight. */
  @Test
  void aDayThatHasTwoMidnightsBeginsWithTheFirst() {
    archive.database.update(
        "update meter set time_zone = 'Atlantic/Azores' where id = ?", archive.meterId);
    archive.store(rows("2026-10-24T00:00:00Z", "2026-10-27T01:00:00Z", QUARTER));

    assertThat(days("2026-10-24", "2026-10-26"))
        .containsExactly("2026-10-24 96/96", "2026-10-25 100/100", "2026-10-26 96/96");
  }

  @Test
  void aPeriodThatEndsAtLocalMidnightBelongsToTheDayBefore() {
    archive.store(
        ArchiveFixture.row(Instant.parse("2026-11-17T23:00:00Z"), 1, 1, 1),
        ArchiveFixture.row(Instant.parse("2026-11-17T23:15:00Z"), 2, 1, 1));
    assertThat(days("2026-11-17", "2026-11-18"))
        .containsExactly("2026-11-17 1/1", "2026-11-18 1/96");
  }

  @Test
  void rowsOlderThanTheFirstMakeItsDayAWholeOne() {
    archive.store(rows("2026-11-18T11:00:00Z", "2026-11-18T23:00:00Z", QUARTER));
    assertThat(days("2026-11-18", "2026-11-18")).containsExactly("2026-11-18 48/48");

    archive.store(rows("2026-11-16T22:00:00Z", "2026-11-16T23:00:00Z", QUARTER));
    assertThat(days("2026-11-16", "2026-11-18"))
        .containsExactly("2026-11-16 4/4", "2026-11-17 0/96", "2026-11-18 48/96");
  }

  /** The deliveries are counted one by one, the older one last. */
  @Test
  void olderRowsCountedAfterThoseBetweenMakeTheDayOfTheFirstAWholeOneToo() {
    archive.store(rows("2026-11-18T11:00:00Z", "2026-11-18T23:00:00Z", QUARTER));
    days("2026-11-18", "2026-11-18");
    archive.store(rows("2026-11-15T11:00:00Z", "2026-11-15T12:00:00Z", QUARTER));
    var older = takeChange();
    archive.store(rows("2026-11-16T11:00:00Z", "2026-11-17T23:00:00Z", QUARTER));
    assertThat(days("2026-11-17", "2026-11-17")).containsExactly("2026-11-17 96/96");

    archive.database.update(
        """
        insert into load_profile_change (profile_id, first_end, last_end)
        values (?, ?::timestamptz, ?::timestamptz)""",
        archive.profile().id(),
        older.get(0),
        older.get(1));
    assertThat(days("2026-11-15", "2026-11-18"))
        .containsExactly(
            "2026-11-15 4/48", "2026-11-16 48/96", "2026-11-17 96/96", "2026-11-18 48/96");
  }

  private List<String> takeChange() {
    return archive.database.with(
        connection -> {
          try (var statement =
                  Database.prepare(
                      connection,
                      """
                      delete from load_profile_change where profile_id = ?
                      returning first_end::text, last_end::text""",
                      archive.profile().id());
              var row = statement.executeQuery()) {
            row.next();
            return List.of(row.getString(1), row.getString(2));
          }
        });
  }

  @Test
  void aClockSetBackGivesAnIntervalTwiceAndCountsItOnce() {
    archive.store(rows("2026-11-17T23:00:00Z", "2026-11-18T12:00:00Z", QUARTER));
    var again =
        IntStream.rangeClosed(1, 4)
            .mapToObj(
                i ->
                    ArchiveFixture.row(
                        Instant.parse("2026-11-18T11:00:00Z").plus(QUARTER.multipliedBy(i)),
                        100_000_000L + i,
                        9,
                        9))
            .toArray(ProfileRow[]::new);
    assertThat(archive.store(again)).isEqualTo(new Stored(4, 0));
    assertThat(days("2026-11-18", "2026-11-18")).containsExactly("2026-11-18 52/96");
  }

  @Test
  void rowsOfAClockThatWasNeverSetCountNowhere() {
    archive.store(rows("2026-11-17T23:00:00Z", "2026-11-18T00:00:00Z", QUARTER));
    archive.store(
        new ProfileRow(
            Instant.parse("2026-11-18T05:00:00Z"),
            77,
            RowStatus.CLOCK_INVALID.bit(),
            0,
            new long[] {1, 1, 1},
            7));
    assertThat(days("2026-11-18", "2026-11-18")).containsExactly("2026-11-18 4/96");
  }

  @Test
  void eachIntervalIsExpectedByTheCapturePeriodOfItsTime() {
    archive.store(rows("2026-11-17T23:00:00Z", "2026-11-18T11:00:00Z", QUARTER));
    archive.store.store(
        List.of(
            new Delivery(archive.meterId, ArchiveFixture.NOW)
                .rows(
                    archive.profile(),
                    FIVE,
                    List.of(rows("2026-11-18T11:00:00Z", "2026-11-18T23:00:00Z", FIVE)))),
        ArchiveFixture.NOW);

    assertThat(days("2026-11-18", "2026-11-20"))
        .containsExactly("2026-11-18 192/192", "2026-11-19 0/288", "2026-11-20 0/288");
  }

  @Test
  void theLastRowOfTheFormerPeriodInTheSameDeliveryIsExpectedOnce() {
    archive.store(rows("2026-11-17T23:00:00Z", "2026-11-18T10:30:00Z", QUARTER));
    var mixed = new ArrayList<ProfileRow>();
    mixed.addAll(List.of(rows("2026-11-18T10:30:00Z", "2026-11-18T11:00:00Z", QUARTER)));
    mixed.addAll(List.of(rows("2026-11-18T11:00:00Z", "2026-11-18T23:00:00Z", FIVE)));
    archive.store.store(
        List.of(
            new Delivery(archive.meterId, ArchiveFixture.NOW).rows(archive.profile(), FIVE, mixed)),
        ArchiveFixture.NOW);

    assertThat(days("2026-11-18", "2026-11-18")).containsExactly("2026-11-18 192/192");
    assertThat(new Gaps(archive.database).of(archive.meterId, 0, 9)).isEmpty();
  }

  @Test
  void whatIsOlderThanTheFirstKnownPeriodHadThatPeriodToo() {
    archive.store.store(
        List.of(
            new Delivery(archive.meterId, ArchiveFixture.NOW)
                .rows(
                    archive.profile(),
                    null,
                    List.of(rows("2026-11-17T23:00:00Z", "2026-11-17T23:15:00Z", QUARTER)))),
        ArchiveFixture.NOW);
    assertThat(days("2026-11-18", "2026-11-18")).containsExactly("2026-11-18 0/0");

    archive.store(rows("2026-11-18T11:00:00Z", "2026-11-18T12:00:00Z", QUARTER));
    assertThat(days("2026-11-18", "2026-11-19"))
        .containsExactly("2026-11-18 5/96", "2026-11-19 0/96");
  }

  @Test
  void daysOnWhichNothingCameAreMadeWhileAMeterIsRead() {
    var clock = new SettableClock("2026-11-18T12:00:00Z");
    var counting = new CountFixture(clock);
    var paused = new ArchiveFixture();
    archive.store(rows("2026-11-17T23:00:00Z", "2026-11-18T11:00:00Z", QUARTER));
    paused.store(rows("2026-11-17T23:00:00Z", "2026-11-18T11:00:00Z", QUARTER));
    paused.database.update("update meter set state = 'PAUSED' where id = ?", paused.meterId);
    counting.all();
    assertThat(rowsOfDays(archive)).containsExactly("2026-11-18 48/96", "2026-11-19 0/96");
    assertThat(rowsOfDays(paused)).containsExactly("2026-11-18 48/96");

    clock.advance(Duration.ofDays(1));
    counting.all();
    clock.advance(Duration.ofDays(1));
    counting.all();
    assertThat(rowsOfDays(archive))
        .containsExactly(
            "2026-11-18 48/96", "2026-11-19 0/96", "2026-11-20 0/96", "2026-11-21 0/96");
    assertThat(rowsOfDays(paused)).containsExactly("2026-11-18 48/96");
  }

  private static List<String> rowsOfDays(ArchiveFixture archive) {
    return archive.database.query(
        "select * from completeness_day where profile_id = ? order by day",
        row -> row.getString("day") + " " + row.getInt("stored") + "/" + row.getInt("expected"),
        archive.profile().id());
  }

  @Test
  void groupsHoldTheSumOfTheirMembersAsTheyComeAndGoAndReturn() {
    var other = new ArchiveFixture();
    int group = count.group(archive.meterId, other.meterId);
    archive.store(rows("2026-11-18T23:00:00Z", "2026-11-19T23:00:00Z", QUARTER));
    other.store(rows("2026-11-18T23:00:00Z", "2026-11-19T11:00:00Z", QUARTER));
    assertThat(ofGroup(group)).isEqualTo("2026-11-19 144/192");

    TestDatabase.leave(group, other.meterId);
    other.store(rows("2026-11-19T11:00:00Z", "2026-11-19T12:00:00Z", QUARTER));
    assertThat(ofGroup(group)).isEqualTo("2026-11-19 96/96");
    assertThat(count.members(group)).isEqualTo(1);

    TestDatabase.join(group, other.meterId);
    other.store(rows("2026-11-19T12:00:00Z", "2026-11-19T13:00:00Z", QUARTER));
    assertThat(ofGroup(group)).isEqualTo("2026-11-19 152/192");
    assertThat(count.completeness.incomplete(group, LocalDate.parse("2026-11-19"), 0, 9))
        .extracting(Completeness.MeterDay::missing)
        .containsExactly(40L);
    assertThat(count.completeness.countIncomplete(group, LocalDate.parse("2026-11-19")))
        .isEqualTo(1);
  }

  private String ofGroup(int group) {
    count.all();
    var day = LocalDate.parse("2026-11-19");
    return told(count.completeness.days(group, day, day).get(0));
  }

  @Test
  void whoCountsWhileAnotherDoesDoesNothing() {
    archive.store(rows("2026-11-18T23:00:00Z", "2026-11-19T23:00:00Z", QUARTER));
    archive.database.inTransaction(
        connection -> {
          assertThat(new CountStatements(connection, ArchiveFixture.NOW).lock()).isTrue();
          assertThat(count.count.tick()).isFalse();
          assertThat(rowsOfDays(archive)).isEmpty();
          return null;
        });
    count.all();
    assertThat(rowsOfDays(archive)).contains("2026-11-19 96/96");
  }
}
