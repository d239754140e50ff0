package org.meterledger.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.metering.ObisCode;

/** Events in words: those of the manuals, and those of which they say nothing. */
class MeaningsTest {

  private static final String G13 = "abb-g13";
  private static final ObisCode SYSTEM = ObisCode.of("0-0:99.98.0*255");

  private final MeterModels models = new MeterModels();
  private final Meanings meanings = new Meanings(models);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void everyEventOfTheManualHasWordsInEachLog(int e) {
    var logbook = new ObisCode(0, 0, 99, 98, e, 255);
    IntStream.of(
            IntStream.concat(
                    IntStream.concat(
                        IntStream.rangeClosed(40, 50), IntStream.rangeClosed(1000, 1011)),
                    IntStream.rangeClosed(2013, 2037))
                .toArray())
        .forEach(
            code -> {
              for (Locale language : new Locale[] {Locale.ENGLISH, Locale.GERMAN}) {
                assertThat(meanings.of(G13, logbook, code, language).words())
                    .as("%d %s", code, language)
                    .isNotBlank()
                    .doesNotContain("nknown", "nbekannt");
              }
            });
  }

  @ParameterizedTest
  @CsvSource({"abb-g13, 39", "abb-g13, 2054", "abb-g13-gateway, 3", "emu-professional-ii, 77"})
  void unknownEventSaysThatItIs(String model, int code) {
    assertThat(meanings.of(model, SYSTEM, code, Locale.ENGLISH))
        .isEqualTo(new Meanings.Meaning(LogbookLine.Severity.WARNING, "Unknown event " + code));
    assertThat(meanings.of(model, SYSTEM, code, Locale.GERMAN).words())
        .isEqualTo("Unbekanntes Ereignis " + code);
    assertThat(meanings.of(model, SYSTEM, code, Locale.FRENCH).words())
        .isEqualTo("Unknown event " + code);
  }

  @Test
  void eventsOfAGatewayHaveWords() {
    for (int code = 7; code <= 15; code++) {
      assertThat(meanings.of("abb-g13-gateway", SYSTEM, code, Locale.ENGLISH).words())
          .doesNotContain("Unknown");
    }
  }

  @Test
  void everyFlagHasABitAndWordsOfItsOwn() {
    var flags = models.get(G13).table("flags");

    assertThat(flags).isNotEmpty();
    assertThat(flags)
        .extracting(row -> row.get("register") + row.get("bit"))
        .doesNotHaveDuplicates();
    assertThat(flags)
        .allSatisfy(
            row -> {
              assertThat(row.get("meaning_en")).isNotBlank();
              assertThat(row.get("meaning_de")).isNotBlank();
              assertThat(LogbookLine.Severity.valueOf(row.get("severity"))).isNotNull();
              assertThat(models.get(G13).table("registers"))
                  .anyMatch(register -> register.get("obis").equals(row.get("register")));
            });
  }
}
