package org.meterledger.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterledger.archive.ArchiveFixture.MIDNIGHT;
import static org.meterledger.archive.ArchiveFixture.NOW;
import static org.meterledger.archive.ArchiveFixture.POWER;
import static org.meterledger.archive.ArchiveFixture.T1;
import static org.meterledger.archive.ArchiveFixture.TOTAL;
import static org.meterledger.archive.ArchiveFixture.row;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meterledger.metering.Channel;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.Unit;

class ArchiveTest {

  private final ArchiveFixture archive = new ArchiveFixture();

  @Test
  void readingTheSameRangeTwiceChangesNothing() {
    var first = archive.store(row(1, 1, 10, 5), row(2, 2, 20, 5));
    var again = archive.store(row(1, 1, 10, 5), row(2, 2, 20, 5), row(3, 3, 30, 5));

    assertThat(first).isEqualTo(new Stored(2, 0));
    assertThat(again).isEqualTo(new Stored(1, 0));
    assertThat(stored()).containsExactly("1#0@1 10,5,7", "2#0@2 20,5,7", "3#0@3 30,5,7");
    assertThat(count("load_profile_superseded")).isZero();
  }

  @Test
  void sameIndexWithOtherValuesSupersedesAndBothAreKept() {
    archive.store(row(1, 1, 10, 5), row(2, 2, 20, 5));

    assertThat(archive.store(row(2, 2, 21, 5))).isEqualTo(new Stored(0, 1));

    assertThat(stored()).containsExactly("1#0@1 10,5,7", "2#0@2 21,5,7");
    assertThat(
            archive.database.query(
                "select values[1] from load_profile_superseded where profile_id = ?",
                r -> r.getLong(1),
                archive.profile().id()))
        .containsExactly(20L);
    assertThat(
            archive.database.query(
                "select code, detail ->> 'index' from logbook_entry where meter_id = ?",
                r -> r.getInt(1) + " " + r.getString(2),
                archive.meterId))
        .containsExactly("7 2");
  }

  @Test
  void periodEndThatComesAgainIsAFurtherOccurrenceInTheOrderOfTheMetersIndex() {
    archive.store(row(1, 1, 10, 0), row(2, 2, 20, 0), row(1, 3, 30, 0), row(2, 4, 40, 0));
    assertThat(stored())
        .containsExactly("1#0@1 10,0,7", "1#1@3 30,0,7", "2#0@2 20,0,7", "2#1@4 40,0,7");
  }

  @Test
  void occurrencesAreNumberedAnewWhenAnOlderOneArrivesLater() {
    archive.store(row(1, 3, 30, 0));
    archive.store(row(1, 1, 10, 0));
    archive.store(row(1, 2, 20, 0));
    assertThat(stored()).containsExactly("1#0@1 10,0,7", "1#1@2 20,0,7", "1#2@3 30,0,7");
  }

  @Test
  void rowThatTheMeterOnlyRenumberedIsNotStoredTwice() {
    archive.store(row(1, 500, 10, 0));
    var renumbered =
        new ProfileRow(
            row(1, 0, 0, 0).periodEnd(),
            Cursor.START.restarted().sequence(1),
            0,
            0,
            new long[] {10, 0, 7},
            ProfileRow.all(3));

    assertThat(archive.store(renumbered)).isEqualTo(new Stored(0, 0));
    assertThat(stored()).containsExactly("1#0@500 10,0,7");
  }

  @Test
  void rowToldTwiceDifferentlyInOneAnswerKeepsBoth() {
    archive.store(row(1, 1, 10, 0), row(1, 1, 11, 0));
    assertThat(stored()).containsExactly("1#0@1 11,0,7");
    assertThat(count("load_profile_superseded")).isEqualTo(1);
  }

  @Test
  void longBufferReadAgainIsRecognisedThoughItsCopyBreaksOffUnderWay() {
    var buffer = new ProfileRow[20_000]; // more than the connection takes in before it must read
    for (int i = 0; i < buffer.length; i++) {
      buffer[i] = row(i + 1, i + 1, i, 0);
    }
    archive.store(buffer[0]);

    assertThat(archive.store(buffer)).isEqualTo(new Stored(buffer.length - 1, 0));
    assertThat(archive.store(buffer)).isEqualTo(Stored.NOTHING);
  }

  @Test
  void missingValueStaysMissing() throws IOException {
    archive.store(
        new ProfileRow(MIDNIGHT.plusSeconds(900), 1, 0, 0, new long[] {10, 99, 7}, 0b101));
    assertThat(stored()).containsExactly("1#0@1 10,-,7");
    assertThat(told(Values.READING, T1, TOTAL, POWER)).containsExactly("1: 10 - 7");
  }

  @Test
  void rowsOfAClockThatWasNeverSetMakeNoPartition() {
    int partitions = partitions();
    archive.store(
        new ProfileRow(
            Instant.parse("2000-01-01T00:15:00Z"),
            1,
            RowStatus.CLOCK_INVALID.bit(),
            0x40,
            new long[] {1, 2, 3},
            ProfileRow.all(3)));
    assertThat(partitions()).isEqualTo(partitions);
    assertThat(
            archive.database.query(
                "select status from load_profile_entry_unsynchronised where profile_id = ?",
                r -> r.getInt(1),
                archive.profile().id()))
        .containsExactly(0x40 << 8 | RowStatus.CLOCK_INVALID.bit());
  }

  @Test
  void rowsMoveIntoTheirPartitionWhenItIsMade() {
    var early = Instant.parse("2019-05-04T00:15:00Z");
    archive.store(
        new ProfileRow(
            early,
            1,
            RowStatus.CLOCK_INVALID.bit(),
            0x40,
            new long[] {1, 2, 3},
            ProfileRow.all(3)));
    archive.store(row(early.plusSeconds(900), 2, 2, 2));
    assertThat(
            archive.database.query(
                "select sequence from load_profile_entry_2019_05 where profile_id = ? order by 1",
                r -> r.getLong(1),
                archive.profile().id()))
        .containsExactly(1L, 2L);
  }

  @Test
  void differencesSpanOnlyRowsThatFollowEachOther() throws IOException {
    archive.store(row(1, 1, 10, 5), row(2, 2, 20, 6), row(5, 5, 80, 6), row(6, 6, 90, 6));
    assertThat(told(Values.DIFFERENCE, T1, TOTAL, POWER))
        .containsExactly("1: - - 7", "2: 10 11 7", "5: - - 7", "6: 10 10 7");
    assertThat(told(Values.POWER, T1, TOTAL, POWER))
        .containsExactly("1: - - 7", "2: 40 44 7", "5: - - 7", "6: 40 40 7");
    assertThat(told(Values.READING, T1, TOTAL, POWER))
        .containsExactly("1: 10 15 7", "2: 20 26 7", "5: 80 86 7", "6: 90 96 7");
  }

  @Test
  void firstRowOfARangeHasItsDifferenceFromTheRowBeforeTheRange() throws IOException {
    archive.store(row(-1, 1, 10, 0), row(0, 2, 20, 0), row(1, 3, 33, 0));
    assertThat(told(Values.DIFFERENCE, T1)).containsExactly("1: 13");
  }

  @Test
  void registerThatWentBackWasResetUnlessItsModelTellsWhereItRollsOver() throws IOException {
    archive.store(row(1, 1, 90, 0), row(2, 2, 5, 0), row(3, 3, 6, 0));
    assertThat(told(Values.DIFFERENCE, T1)).containsExactly("1: -", "2: -", "3: 1");

    var rolling = new ArchiveFixture();
    rolling.store.store(
        List.of(
            new Delivery(rolling.meterId, NOW)
                .rows(
                    rolling.profile(100),
                    ArchiveFixture.PERIOD,
                    List.of(row(1, 1, 90, 0), row(2, 2, 5, 0)))),
        NOW);
    assertThat(told(rolling, Values.DIFFERENCE, T1)).containsExactly("1: -", "2: 15");
    assertThat(rolling.loadProfiles.series(rolling.query(Values.DIFFERENCE, T1), 1000).points())
        .extracting(p -> String.valueOf(p.values().get(0).max()))
        .containsExactly("null", "15");
  }

  @Test
  void clockSetBackKeepsTheDifferencesInTheOrderOfRecording() throws IOException {
    archive.store(
        row(3, 1, 10, 0),
        row(4, 2, 20, 0),
        row(1, 3, 31, 0),
        row(2, 4, 43, 0),
        row(3, 5, 56, 0),
        row(4, 6, 70, 0));
    assertThat(told(Values.DIFFERENCE, T1))
        .containsExactly("3: -", "4: 10", "1: 11", "2: 12", "3: 13", "4: 14");
  }

  @Test
  void thinnedSeriesTellsMinimumMeanAndMaximumOfTheSameDifferences() throws IOException {
    var rows = new ArrayList<ProfileRow>();
    for (int i = 0; i <= 96; i++) {
      rows.add(row(i, i + 1L, 1000 + (long) i * i, 3L * i));
    }
    archive.store(rows.toArray(ProfileRow[]::new));

    var all = archive.loadProfiles.series(archive.query(Values.POWER, TOTAL, POWER), 1000);
    assertThat(all.thinned()).isFalse();
    assertThat(all.points()).hasSize(96);
    assertThat(all.points().stream().map(p -> p.values().get(0).mean().intValueExact()).toList())
        .isEqualTo(
            told(Values.POWER, TOTAL).stream()
                .map(text -> Integer.parseInt(text.substring(text.indexOf(' ') + 1)))
                .toList());

    var thin = archive.loadProfiles.series(archive.query(Values.POWER, TOTAL), 24);
    assertThat(thin.bucket()).isEqualTo(Duration.ofHours(1));
    assertThat(thin.points()).hasSize(24);
    var first = thin.points().get(0);
    assertThat(first.start()).isEqualTo(MIDNIGHT);
    assertThat(first.rows()).isEqualTo(4);
    assertThat(first.expected()).isEqualTo(4);
    assertThat(first.values().get(0).min()).isEqualByComparingTo("16");
    assertThat(first.values().get(0).mean()).isEqualByComparingTo("28");
    assertThat(first.values().get(0).max()).isEqualByComparingTo("40");
  }

  @Test
  void rowsWithoutCapturePeriodHaveDifferencesButNoPower() throws IOException {
    archive.store.store(
        List.of(
            new Delivery(archive.meterId, NOW)
                .rows(archive.profile(), null, List.of(row(1, 1, 10, 0), row(4, 2, 30, 0)))),
        NOW);
    assertThat(told(Values.DIFFERENCE, T1)).containsExactly("1: -", "4: 20");
    assertThat(told(Values.POWER, T1, POWER)).containsExactly("1: - 7", "4: - 7");
    var query = archive.query(Values.POWER, T1, POWER);
    assertThat(archive.loadProfiles.series(query, 1000).points())
        .extracting(p -> p.values().get(0).max() + " " + p.values().get(1).max())
        .containsExactly("null 7", "null 7");
  }

  @Test
  void gapShowsAsBucketsWithFewerRowsOrNone() {
    archive.store(row(1, 1, 1, 0), row(2, 2, 2, 0), row(12, 12, 3, 0));
    assertThat(archive.loadProfiles.series(archive.query(Values.DIFFERENCE, T1), 24).points())
        .extracting(p -> p.start() + " " + p.rows() + "/" + p.expected())
        .containsExactly("2026-11-20T00:00:00Z 2/4", "2026-11-20T02:00:00Z 1/4");
  }

  @Test
  void anExportLeftHalfwayLeavesItsConnectionUsable() throws IOException {
    var rows = new ArrayList<ProfileRow>();
    for (int i = 1; i <= 96; i++) {
      rows.add(row(i, i, i, i));
    }
    archive.store(rows.toArray(ProfileRow[]::new));
    for (int i = 0; i < 50; i++) { // more often than the pool has connections
      try (var half = archive.loadProfiles.rows(archive.query(Values.READING, T1))) {
        assertThat(half.next()).isTrue();
      }
      assertThat(told(Values.READING, T1)).hasSize(96);
    }
  }

  @Test
  void laterRowsBeforeTheNewestAndAValueThatChangesTwiceAreAllKept() {
    archive.store(row(1, 1, 10, 5), row(4, 4, 40, 5));
    assertThat(archive.store(row(2, 2, 20, 5), row(3, 3, 30, 5))).isEqualTo(new Stored(2, 0));
    assertThat(archive.store(row(2, 2, 21, 5))).isEqualTo(new Stored(0, 1));
    assertThat(archive.store(row(2, 2, 22, 5))).isEqualTo(new Stored(0, 1));
    assertThat(archive.store(row(1, 1, 10, 5), row(2, 2, 22, 5), row(4, 4, 40, 5)))
        .isEqualTo(Stored.NOTHING);

    assertThat(stored())
        .containsExactly("1#0@1 10,5,7", "2#0@2 22,5,7", "3#0@3 30,5,7", "4#0@4 40,5,7");
    assertThat(count("load_profile_superseded")).isEqualTo(2);
    var versions = new ArrayList<String>();
    archive.loadProfiles.versions(
        archive.query(Values.READING, T1, TOTAL),
        version ->
            versions.add(
                "%s@%d %s %s"
                    .formatted(
                        Duration.between(MIDNIGHT, version.periodEnd()).toMinutes() / 15,
                        version.sequence(),
                        List.of(version.values()),
                        version.supersededAt())));
    assertThat(versions)
        .containsExactly("2@2 [20, 25] " + NOW, "2@2 [21, 26] " + NOW, "2@2 [22, 27] null");
  }

  @Test
  void otherChannelsUnderTheSameCodeAreRefused() {
    archive.store(row(1, 1, 1, 0));
    var channels = List.of(new Channel(POWER, Unit.WATT, -1, 0));
    assertThatThrownBy(
            () ->
                archive.catalog.profile(
                    archive.meterId, ArchiveFixture.PROFILE, 1, channels, List.of()))
        .isInstanceOf(ChannelsChanged.class);
  }

  private List<String> stored() {
    return archive.database.query(
        """
        select extract(epoch from period_end - ?)::int / 900 as period, occurrence, sequence, values::text
          from load_profile_entry where profile_id = ? order by period_end, occurrence""",
        r ->
            r.getInt(1)
                + "#"
                + r.getInt(2)
                + "@"
                + r.getLong(3)
                + " "
                + r.getString(4).replaceAll("[{}]", "").replace("NULL", "-"),
        MIDNIGHT,
        archive.profile().id());
  }

  private List<String> told(Values values, ObisCode... channels) throws IOException {
    return told(archive, values, channels);
  }

  private static List<String> told(ArchiveFixture archive, Values values, ObisCode... channels)
      throws IOException {
    var told = new ArrayList<String>();
    try (var rows = archive.loadProfiles.rows(archive.query(values, channels))) {
      while (rows.next()) {
        var line = new StringBuilder();
        line.append(Duration.between(MIDNIGHT, rows.periodEnd()).toMinutes() / 15).append(":");
        for (int i = 0; i < channels.length; i++) {
          line.append(" ").append(rows.missing(i) ? "-" : String.valueOf(rows.value(i)));
        }
        told.add(line.toString());
      }
    }
    return told;
  }

  private int partitions() {
    return archive
        .database
        .first(
            "select count(*) from pg_inherits where inhparent = 'load_profile_entry'::regclass",
            r -> r.getInt(1))
        .orElseThrow();
  }

  private int count(String table) {
    return archive
        .database
        .first(
            "select count(*) from " + table + " where profile_id = ?",
            r -> r.getInt(1),
            archive.profile().id())
        .orElseThrow();
  }
}
