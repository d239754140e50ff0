package org.meterledger.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Random;
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
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"})
  void wordsAreNoFormulas(String text) {
    assertThat(Csv.text(text)).isEqualTo("'" + text);
  }

  @Test
  void otherWordsStay() {
    assertThat(Csv.text("a=b")).isEqualTo("a=b");
    assertThat(Csv.text("")).isEmpty();
    assertThat(Csv.text(null)).isNull();
  }
}
