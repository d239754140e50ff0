package org.meterledger.driver.emu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.emu.DataFormat.Captured;
import org.meterledger.driver.http.Answer;
import org.meterledger.metering.Cursor;

/** Where reading begins in buffers whose every row is known, given in pages of ten rows. */
class RingSeekTest {

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NEVER_SET = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final int PAGE = 10;
  private static final Pattern RANGE = Pattern.compile("/data/\\?from=(\\d+)&to=(\\d+)");

  /**
   * What the meter holds: the time of each row, the first of which has the index {@link #oldest}.
   */
  private final List<Instant> times = new ArrayList<>();

  private final List<String> asked = new ArrayList<>();
  private long oldest = 1;
  private String serial = "22350000";

  private RingReading<Captured> reading() {
    return reading(this::answer);
  }

  /** Of a meter of which nothing else is known. */
  private static RingReading<Captured> reading(Function<String, Answer> transport) {
    var csv = new CsvText<>(Documents.TABLES.data(), "22350000", () -> NOW, 2 * PAGE + 1);
    return new RingReading<>(
        new RingBuffer<>(transport, "/data/", "http://meter", PAGE, csv, () -> false));
  }

  private Answer answer(String query) {
    asked.add(query);
    var range = RANGE.matcher(query);
    var newest = oldest + times.size() - 1;
    var from = range.matches() ? Math.max(oldest, Long.parseLong(range.group(1))) : newest;
    var to = range.matches() ? Math.min(newest, Long.parseLong(range.group(2))) : newest;
    var lines = new StringBuilder();
    LongStream.rangeClosed(from, Math.min(to, from + PAGE - 1))
        .filter(index -> index >= oldest)
        .forEach(index -> lines.append(line(index)));
    return Documents.whole(lines.toString());
  }

  private String line(long index) {
    return at(index) + ";" + index + ";0;" + serial + ";1".repeat(23) + ";500\n";
  }

  private Instant at(long index) {
    return times.get((int) (index - oldest));
  }

  private void rows(int count) {
    var last = times.isEmpty() ? FIRST : times.get(times.size() - 1);
    for (int i = 1; i <= count; i++) {
      times.add(last.plus(QUARTER.multipliedBy(i)));
    }
  }

  private void rowsOfAClockNeverSet(int count) {
    for (int i = 1; i <= count; i++) {
      times.add(NEVER_SET.plus(QUARTER.multipliedBy(i)));
    }
  }

  private Cursor seek(Instant from) {
    return seek(from, Cursor.START);
  }

  private Cursor seek(Instant from, Cursor archived) {
    asked.clear();
    var result = reading().seek(at -> at.isAfter(from), archived);
    assertThat(result).isInstanceOf(ReadResult.Complete.class);
    var newest = Math.max(1, oldest + times.size() - 1);
    assertThat((double) asked.size()).isLessThanOrEqualTo(2 * Math.log(newest) / Math.log(2) + 7);
    return ((ReadResult.Complete<Cursor>) result).value();
  }

  /** Indexes of all rows that are read from a cursor on. */
  private List<Long> indexesFrom(Cursor cursor) {
    var indexes = new ArrayList<Long>();
    var reading = reading();
    var next = cursor;
    var more = true;
    while (more) {
      var page = reading.read(next);
      assertThat(page.fault()).isNull();
      assertThat(page.findings()).isEmpty();
      page.fresh().forEach(row -> indexes.add(row.index()));
      next = page.next();
      more = page.more();
    }
    return indexes;
  }

  private static List<Long> indexes(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 500, 501, 99_000})
  void everyPlaceInABufferIsFound(long first) {
    oldest = first;
    rows(137);

    for (long index = first; index < first + 137; index++) {
      var cursor = seek(at(index).minusSeconds(1));
      assertThat(indexesFrom(cursor)).isEqualTo(indexes(index, first + 136));
      assertThat(cursor.index()).isEqualTo(index == first ? -1 : index - 1);
    }
    assertThat(seek(at(first + 136))).isEqualTo(Cursor.START.at(first + 136, at(first + 136)));
  }

  @Test
  void emptyBufferLeavesTheCursorWhereItIs() {
    var archived = new Cursor(3, 17, FIRST);

    assertThat(seek(FIRST, archived)).isEqualTo(archived);
  }

  @Test
  void rowsBelongToTheEpochThatIsRead() {
    rows(50);

    assertThat(seek(at(20), new Cursor(3, 40, at(40)))).isEqualTo(new Cursor(3, 20, at(20)));
    assertThat(seek(FIRST, new Cursor(3, 40, at(40)))).isEqualTo(new Cursor(3, -1, null));
  }

  @Test
  void rowThatTheArchiveEndsWithMayBeOverwritten() {
    oldest = 100;
    rows(50);

    assertThat(seek(at(120), Cursor.START.at(40, FIRST)).index()).isEqualTo(120);
  }

  @ParameterizedTest
  @ValueSource(longs = {40, 50, 51, 1000})
  void nothingIsFoundInANewEpoch(long archived) {
    rows(50);

    var result = reading().seek(at -> true, Cursor.START.at(archived, FIRST.minusSeconds(1)));

    assertThat(result)
        .isInstanceOfSatisfying(
            ReadResult.Failed.class,
            failed -> {
              assertThat(failed.fault().kind()).isEqualTo(Kind.BUSY);
              assertThat(failed.fault().detail()).contains("read the new rows first");
            });
  }

  /** Where halving comes down depends on how much lies behind. */
  @ParameterizedTest
  @ValueSource(ints = {100, 101, 103, 107, 115, 131, 190})
  void hoursRepeatedAfterAClockWasSetBackAreReadFromTheirFirstTime(int behind) {
    rows(100);
    times.add(at(100).minus(QUARTER.multipliedBy(4)));
    rows(behind);
    var newest = 101 + behind;

    for (long index = 94; index <= 99; index++) {
      assertThat(indexesFrom(seek(at(index))))
          .as("after %s", at(index))
          .isEqualTo(indexes(index + 1, newest));
    }
    assertThat(at(106)).isEqualTo(at(100).plus(QUARTER));
    assertThat(indexesFrom(seek(at(100)))).isEqualTo(indexes(106, newest));
  }

  @Test
  void clockSetBackJustNowHidesNothing() {
    rows(100);
    times.add(at(100).minus(QUARTER.multipliedBy(4)));

    assertThat(indexesFrom(seek(at(99)))).containsExactly(100L, 101L);
  }

  /** A pair of rows with no time that says anything is followed to the next row that has one. */
  @Test
  void rowsOfAClockNeverSetDoNotHideThePlaceBehindThem() {
    rows(100);
    rowsOfAClockNeverSet(8);
    times.add(at(100).plus(QUARTER.multipliedBy(9)));
    rows(100);

    assertThat(indexesFrom(seek(at(150)))).isEqualTo(indexes(151, 209));
    assertThat(indexesFrom(seek(at(90)))).isEqualTo(indexes(91, 209));
    assertThat(indexesFrom(seek(at(100)))).as("from then, perhaps").isEqualTo(indexes(101, 209));
  }

  @Test
  void moreThanAPageOfThemIsTakenAlongRatherThanLeftOut() {
    rows(100);
    rowsOfAClockNeverSet(400);
    times.add(at(100).plus(QUARTER.multipliedBy(401)));
    rows(20);

    assertThat(indexesFrom(seek(at(510)))).isEqualTo(indexes(101, 521));
    assertThat(indexesFrom(seek(at(50)))).isEqualTo(indexes(51, 521));
  }

  @Test
  void bufferInWhichNoRowHasATimeIsReadFromItsBeginning() {
    rowsOfAClockNeverSet(300);

    assertThat(seek(FIRST)).isEqualTo(Cursor.START);
  }

  @Test
  void rowsOfTheFutureSayNothing() {
    rows(30);
    times.add(NOW.plusSeconds(1));
    times.add(at(30).plus(QUARTER));
    rows(30);

    assertThat(seek(at(40)).index()).isEqualTo(40);
  }

  @Test
  void timesOfAnotherMeterSayNothing() {
    rows(30);
    serial = "22350001";

    assertThat(seek(at(20))).isEqualTo(Cursor.START);
  }

  @Test
  void placeIsNotKnownWhenAnAnswerWasCut() {
    var reading =
        reading(
            query ->
                query.contains("last")
                    ? Documents.whole(row(40))
                    : new Answer(new byte[0], "text/csv", true, new Fault(Kind.PROTOCOL, "cut")));

    assertThat(reading.seek(at -> true, Cursor.START))
        .isInstanceOfSatisfying(
            ReadResult.Failed.class,
            failed -> assertThat(failed.fault().kind()).isEqualTo(Kind.PROTOCOL));
  }

  private static String row(long index) {
    return FIRST + ";" + index + ";0;22350000" + ";1".repeat(23) + ";500\n";
  }

  static List<Long> seeds() {
    return LongStream.range(0, 30).boxed().toList();
  }

  /** Lives of meters whose clocks are set back by less than a page, forward, and lost. */
  @ParameterizedTest
  @MethodSource("seeds")
  void noRowThatIsWantedLiesBeforeThePlace(long seed) {
    var dice = new Random(seed);
    oldest = dice.nextBoolean() ? 1 : 1 + dice.nextInt(5000);
    live(dice, 400);
    for (int i = 0; i < 15; i++) {
      var from = FIRST.plus(QUARTER.multipliedBy(dice.nextInt(420))).plusSeconds(dice.nextInt(2));
      var given = indexesFrom(seek(from));
      var newest = oldest + times.size() - 1;
      assertThat(given).isEqualTo(indexes(newest + 1 - given.size(), newest));
      for (long index = oldest; index <= newest - given.size(); index++) {
        assertThat(at(index)).as("left out at %s", index).isBeforeOrEqualTo(from);
      }
    }
  }

  private void live(Random dice, int count) {
    var clock = FIRST;
    var lost = 0;
    for (int i = 0; i < count; i++) {
      clock = clock.plus(QUARTER);
      if (i % PAGE == 0) {
        clock = clock.plus(QUARTER.multipliedBy(dice.nextInt(8) - 4));
        lost = dice.nextInt(12) == 0 ? dice.nextInt(3 * PAGE) : lost;
      }
      times.add(lost > 0 ? NEVER_SET.plus(QUARTER.multipliedBy(i)) : clock);
      lost--;
    }
  }

  @Test
  void regularBufferIsReadFromTheVeryRowWithFewRequests() {
    rows(5000);

    seek(at(3333).plusSeconds(1));

    assertThat(asked).as("13 halvings, the newest row, and a page").hasSizeLessThan(16);
  }
}
