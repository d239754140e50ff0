package org.meterledger.driver.emu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.Finding;
import org.meterledger.driver.emu.DataFormat.Captured;
import org.meterledger.driver.http.Answer;
import org.meterledger.metering.Cursor;

/** What is made of answers whose every byte is known, from a meter with pages of ten rows. */
class RingReadingTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PAGE = 10;

  private final List<String> asked = new ArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();

  private boolean announces;

  private RingReading.Page<Captured> read(Cursor cursor, Answer... given) {
    answers.addAll(Arrays.asList(given));
    var csv = new CsvText<>(Documents.TABLES.data(), "22350000", () -> NOW, 2 * PAGE + 1);
    return new RingReading<>(
            new RingBuffer<>(this::answer, "/data/", "http://meter", PAGE, csv, () -> announces))
        .read(cursor);
  }

  private Answer answer(String query) {
    asked.add(query);
    return answers.isEmpty() ? Documents.whole("") : answers.remove();
  }

  private static Instant at(long index) {
    return FIRST.plusSeconds(900 * index);
  }

  private static Cursor cursor(long index) {
    return Cursor.START.at(index, at(index));
  }

  private static String row(long index) {
    return row(index, at(index), "500");
  }

  private static String row(long index, Instant at, String frequency) {
    return at
        + ";"
        + index
        + ";0;22350000;1;2;3;4;5;6;7;8;4252;2010;992;1250;15680;8682;4300;2698;0;2326;2320;2304;"
        + "99;99;99;"
        + frequency;
  }

  private static String rows(long from, long to) {
    var lines = new StringBuilder();
    for (long index = from; index <= to; index++) {
      lines.append(row(index)).append('\n');
    }
    return lines.toString();
  }

  private static Answer cut(String body) {
    return new Answer(
        body.getBytes(StandardCharsets.ISO_8859_1),
        "text/csv",
        true,
        new Fault(Kind.PROTOCOL, "http://meter closed the connection"));
  }

  private static List<Long> indexes(RingReading.Page<Captured> page) {
    return page.fresh().stream().map(LogRow::index).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void anyLineEndIsUnderstood(String lineEnd) {
    var page = read(cursor(3), Documents.whole(rows(3, 5).replace("\n", lineEnd)));

    assertThat(indexes(page)).containsExactly(4L, 5L);
    assertThat(page.refused()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {";", ",", "\t", " ; ", "\";\""})
  void anySeparatorIsUnderstood(String separator) {
    var body = rows(3, 5).replace(";", separator);
    var quoted =
        separator.contains("\"") ? "\"" + body.strip().replace("\n", "\"\n\"") + "\"\n" : body;

    assertThat(indexes(read(cursor(3), Documents.whole(quoted)))).containsExactly(4L, 5L);
  }

  @Test
  void headerAndByteOrderMarkAreSkipped() {
    var header = "\u00EF\u00BB\u00BFTimestamp;Index" + ";x".repeat(26) + "\n";

    var page = read(cursor(3), Documents.whole(header + rows(3, 5)));

    assertThat(indexes(page)).containsExactly(4L, 5L);
    assertThat(page.refused()).isEmpty();
  }

  @Test
  void descendingAnswerIsTurnedRound() {
    var lines = new ArrayList<>(rows(3, 7).lines().toList());
    Collections.reverse(lines);

    var page = read(cursor(3), Documents.whole(String.join("\n", lines)));

    assertThat(indexes(page)).containsExactly(4L, 5L, 6L, 7L);
    assertThat(page.next()).isEqualTo(cursor(7));
  }

  @Test
  void descendingAnswerThatIsCutIsNotTakenSinceTheOldRowsAreMissing() {
    var page = read(cursor(3), cut(row(7) + "\n" + row(6) + "\n" + row(5)));

    assertThat(page.failed()).isTrue();
    assertThat(page.next()).isEqualTo(cursor(3));
  }

  @Test
  void lastRowOfACutAnswerIsNotThereYet() {
    var page = read(cursor(3), cut(rows(3, 5) + row(6)));

    assertThat(indexes(page)).containsExactly(4L, 5L);
    assertThat(page.next()).isEqualTo(cursor(5));
    assertThat(page.refused()).isEmpty();
    assertThat(page.fault().kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void numberThatLostItsEndIsNeverASmallerNumber() {
    var body = rows(3, 5) + row(6, at(6), "5");

    var page = read(cursor(3), Documents.unannounced(body), Documents.unannounced(row(6)));

    assertThat(indexes(page)).containsExactly(4L, 5L);
    assertThat(page.fault().kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(asked).containsExactly("/data/?from=3&to=12", "/data/?from=6&to=7");
  }

  @Test
  void lastRowWithoutLineEndIsTakenWhenItComesAgainTheSame() {
    var page =
        read(cursor(3), Documents.unannounced(rows(3, 5) + row(6)), Documents.unannounced(row(6)));

    assertThat(indexes(page)).containsExactly(4L, 5L, 6L);
    assertThat(page.fault()).isNull();
  }

  @Test
  void numberThatLostItsEndTwiceIsNeverASmallerNumber() {
    announces = true;
    var cutAgain = Documents.unannounced(row(6, at(6), "5"));

    var page = read(cursor(3), Documents.unannounced(rows(3, 5) + row(6, at(6), "5")), cutAgain);

    assertThat(indexes(page)).containsExactly(4L, 5L);
    assertThat(page.next()).isEqualTo(cursor(5));
    assertThat(page.fault().kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void rowThatComesAgainWithItsLineEndIsTaken() {
    announces = true;

    var page =
        read(
            cursor(3),
            Documents.unannounced(rows(3, 5) + row(6)),
            Documents.unannounced(rows(6, 7)));

    assertThat(indexes(page)).containsExactly(4L, 5L, 6L);
    assertThat(page.fault()).isNull();
  }

  @Test
  void knownRowWithATimeThatHasNotComeYetIsNoRestart() {
    var page = read(cursor(3), Documents.whole(row(3, NOW.plusSeconds(900), "500")), rows(3));

    assertThat(page.fault().kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(page.next()).isEqualTo(cursor(3));
    assertThat(page.findings()).isEmpty();
  }

  @Test
  void newestRowWhoseTimeWasASlipIsNoRestartWhenToldRight() {
    var slip = row(4, NOW.plusSeconds(900), "500");

    var next = read(cursor(3), Documents.whole(rows(3, 3) + slip)).next();
    var page = read(next, Documents.whole(rows(4, 5)));

    assertThat(next.index()).isEqualTo(4);
    assertThat(indexes(page)).containsExactly(5L);
    assertThat(page.next()).isEqualTo(cursor(5));
    assertThat(page.findings()).isEmpty();
  }

  private static Answer rows(long index) {
    return Documents.whole(rows(index, index));
  }

  @Test
  void announcedEndNeedsNoLineEnd() {
    var page = read(cursor(3), Documents.whole(rows(3, 5) + row(6)));

    assertThat(indexes(page)).containsExactly(4L, 5L, 6L);
    assertThat(asked).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2026-01-01 01:15, time, time",
    "0, '', time, time",
    "0, 0001-01-01T00:00:00Z, time, time",
    "0, 2026-03-01T00:00:01Z, future, time",
    "2, 256, range, status",
    "2, x, number, status",
    "3, 22350001, serial, serial",
    "4, -1, range, 1-0:1.8.1",
    "4, 1000000000000000, range, 1-0:1.8.1",
    "4, 1e3, number, 1-0:1.8.1",
    "4, 1.0, number, 1-0:1.8.1",
    "4, 0x10, number, 1-0:1.8.1",
    "4, +1, number, 1-0:1.8.1",
    "24, 101, range, 1-0:33.7.0",
    "27, 1001, range, 1-0:14.7.0",
  })
  void brokenFieldRefusesItsRowOnly(int field, String text, String reason, String name) {
    var fields = row(5).split(";");
    fields[field] = text;

    var page =
        read(cursor(3), Documents.whole(rows(3, 4) + String.join(";", fields) + "\n" + row(6)));

    assertThat(indexes(page)).containsExactly(4L, 6L);
    assertThat(page.refused())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.sequence()).isEqualTo(5);
              assertThat(row.reason()).isEqualTo(reason);
              assertThat(row.field()).isEqualTo(name);
              assertThat(row.raw()).isEqualTo(String.join(";", fields));
            });
    assertThat(page.findings())
        .containsExactly(
            new Finding(
                Finding.Kind.ROW_REFUSED, Map.of("index", "5", "reason", reason, "field", name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-5", "1099511627776", "99999999999999999999", ""})
  void rowWithoutAnIndexIsRefusedWithoutMovingTheCursor(String index) {
    var broken = row(5).replace(";5;0;", ";" + index + ";0;");

    var page = read(cursor(3), Documents.whole(rows(3, 4) + broken));

    assertThat(page.next()).isEqualTo(cursor(4));
    assertThat(page.refused())
        .singleElement()
        .satisfies(row -> assertThat(row.sequence()).isEqualTo(-1));
  }

  @Test
  void emptyFieldIsAMissingValueNotZero() {
    var page = read(cursor(3), Documents.whole(rows(3, 3) + row(4).replace(";2326;", ";;")));

    var captured = page.fresh().get(0).value();
    assertThat(captured.present()).isEqualTo((1L << 24) - 1 - (1L << 17));
  }

  @ParameterizedTest
  @CsvSource({"0x22, 34", "0b100000, 32", "64, 64"})
  void statusIsReadInEachOfTheThreeWritings(String written, int status) {
    var page =
        read(
            cursor(3),
            Documents.whole(rows(3, 3) + row(4).replace(";0;2235", ";" + written + ";2235")));

    assertThat(page.fresh().get(0).value().status()).isEqualTo(status);
  }

  @Test
  void cursorPassesARefusedRow() {
    var late = row(4, NOW.plusSeconds(1), "500");

    var page = read(cursor(3), Documents.whole(row(3) + "\n" + late));

    assertThat(page.fresh()).isEmpty();
    assertThat(page.failed()).isFalse();
    assertThat(page.next().index()).isEqualTo(4);
    var again = read(page.next(), Documents.whole(late));
    assertThat(again.refused()).as("reported once").isEmpty();
  }

  @Test
  void sameIndexWithAnotherTimeIsKeptAndReported() {
    var body = rows(3, 5) + row(5, at(9), "499") + "\n" + rows(6, 6);

    var page = read(cursor(3), Documents.whole(body));

    assertThat(indexes(page)).containsExactly(4L, 5L, 5L, 6L);
    assertThat(page.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.INDEX_TWICE);
  }

  @Test
  void secondRowOfTheLastKnownIndexIsNewOnce() {
    var second = row(3, at(9), "499");

    var page = read(cursor(3), Documents.whole(rows(3, 3) + second));

    assertThat(indexes(page)).containsExactly(3L);
    assertThat(page.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.INDEX_TWICE);
    var again = read(page.next(), Documents.whole(rows(3, 3) + second));
    assertThat(again.fresh()).isEmpty();
    assertThat(again.findings()).isEmpty();
  }

  @Test
  void rowsAreNotGivenUpAsOverwrittenWhileTheMeterStillHasThem() {
    var page = read(cursor(3), Documents.whole(rows(7, 9)), Documents.whole(rows(6, 7)));

    assertThat(page.failed()).isTrue();
    assertThat(page.fault().detail()).contains("leaves out rows");
    assertThat(asked).containsExactly("/data/?from=3&to=12", "/data/?from=6&to=7");
  }

  @Test
  void rowKnownIsNotMissedWhereTheMeterGivesNothingFromThereOn() {
    var page =
        read(
            cursor(3),
            Documents.whole(""),
            Documents.whole(rows(6, 6)),
            Documents.whole(rows(4, 5)),
            Documents.whole(rows(4, 6)));

    assertThat(indexes(page)).containsExactly(4L, 5L, 6L);
    assertThat(page.findings()).as("the oldest row is the next one").isEmpty();
  }

  @Test
  void meterThatNeverAnswersForItsNewestRowEndsWithAFault() {
    var page = read(Cursor.START, Documents.whole(rows(900_000_000_000L, 900_000_000_000L)));

    assertThat(page.failed()).isTrue();
    assertThat(asked).hasSizeLessThan(60);
  }

  @Test
  void rowsThatWereNotAskedForAreNotTaken() {
    var page = read(cursor(3), Documents.whole(rows(1, 12) + rows(13, 15)));

    assertThat(indexes(page)).containsExactly(4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
  }

  @Test
  void moreRowsThanAMeterGivesAreAFault() {
    var page = read(cursor(3), Documents.whole("x\n".repeat(1_000_000)));

    assertThat(page.fault().kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void whatCannotBePrintedIsNotHandedOn() {
    var page = read(cursor(3), Documents.whole(rows(3, 3) + row(4).replace("500", "5\u00000")));

    assertThat(page.refused().get(0).raw()).endsWith("5\uFFFD0");
  }
}
