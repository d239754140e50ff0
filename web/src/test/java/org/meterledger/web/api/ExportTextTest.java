package org.meterledger.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How times, numbers and words are written in exports. */
class ExportTextTest {

  @ParameterizedTest
  @CsvSource({
    "2026-10-25T00:45:00Z, 2026-10-25T02:45:00+02:00",
    "2026-10-25T01:45:00Z, 2026-10-25T02:45:00+01:00",
    "2026-03-29T01:00:00Z, 2026-03-29T03:00:00+02:00",
    "2026-11-21T08:00:00.250Z, 2026-11-21T09:00:00.250+01:00",
    "0500-01-01T00:00:00Z, 0500-01-01T00:34:08+00:34:08"
  })
  void localTimesTellTheirOffset(Instant at, String expected) {
    assertThat(new IsoTimes(ZoneId.of("Europe/Zurich")).format(at)).isEqualTo(expected);
  }

  @Test
  void timesAreWrittenAsTheFormatterOfTheJdkWouldWriteThem() {
    var random = new Random(7);
    for (String zone : new String[] {"UTC", "Asia/Kathmandu", "America/St_Johns"}) {
      var times = new IsoTimes(ZoneId.of(zone));
      var formatter = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(ZoneId.of(zone));
      for (int i = 0; i < 1000; i++) {
        var at = Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE));
        assertThat(times.format(at)).isEqualTo(formatter.format(at));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "12340, -3, 12.340",
    "-5, -3, -0.005",
    "0, -3, 0.000",
    "7, 0, 7",
    "7, 3, 7000",
    "0, 3, 0",
    "-7, 2, -700",
    "123, -3, 0.123",
    "9223372036854775807, -9, 9223372036.854775807",
    "-9223372036854775808, -9, -9223372036.854775808",
    "-9223372036854775808, 0, -9223372036854775808"
  })
  void numbersKeepTheirDecimals(long raw, int scaler, String expected) {
    assertThat(Decimals.append(new StringBuilder(), raw, scaler)).hasToString(expected);
    assertThat(Decimals.of(raw, scaler)).isEqualTo(new BigDecimal(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff20x"
      })
  void wordsAreNoFormulas(String text) {
    assertThat(Csv.text(text)).isEqualTo("'" + text);
  }

  @Test
  void otherWordsStay() {
    assertThat(Csv.text("a=b")).isEqualTo("a=b");
    assertThat(Csv.text("")).isEmpty();
    assertThat(Csv.text(null)).isNull();
  }

  /** Text of the letters that matter to tables and formulas, in every mixture. */
  @Test
  void aFileGivesBackEachTextButForTheApostrophe() throws Exception {
    var random = new Random(11);
    String letters = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20'\",; aä5.|\u202e";
    var texts = new ArrayList<String>();
    var out = new ByteArrayOutputStream();
    var printer = Csv.printer(out);
    for (int i = 0; i < 5_000; i++) {
      var text = new StringBuilder();
      random
          .ints(random.nextInt(1, 8), 0, letters.length())
          .forEach(each -> text.append(letters.charAt(each)));
      texts.add(text.toString());
      printer.printRecord(Csv.text(text.toString()), new BigDecimal("-5.2"));
    }
    printer.flush();

    var rows =
        CSVFormat.RFC4180
            .parse(new StringReader(out.toString(StandardCharsets.UTF_8)))
            .getRecords();
    assertThat(rows).hasSameSizeAs(texts);
    for (int i = 0; i < texts.size(); i++) {
      String cell = rows.get(i).get(0);
      assertThat("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20").doesNotContain(cell.substring(0, 1));
      assertThat(cell).isIn(texts.get(i), "'" + texts.get(i));
      assertThat(rows.get(i).get(1)).isEqualTo("-5.2");
    }
  }
}
