package org.meterledger.web.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.Unit;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationState;
import org.meterledger.web.operation.OperationWords.ResetLine;
import org.meterledger.web.settings.Beans;

/** Nothing of an operation is shown as a program writes it. */
class OperationWordsTest {

  private static OperationWords words(String language) {
    var words = new OperationWords();
    Beans.give(words, "texts", Beans.texts(language));
    Beans.give(words, "format", Beans.formats(language));
    return words;
  }

  private static MeterOperation operation(String kind, String parameters, String result) {
    var at = Instant.parse("2026-03-20T10:07:00Z");
    return new MeterOperation(
        1,
        "ABB1",
        "Europe/Zurich",
        null,
        null,
        null,
        1,
        kind,
        quoted(parameters),
        1,
        at,
        at,
        at,
        false,
        false,
        null,
        "somebody",
        at,
        OperationState.SUCCEEDED,
        1,
        null,
        at,
        at,
        quoted(result),
        null,
        null);
  }

  private static String quoted(String json) {
    return json == null ? null : json.replace('\'', '"');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "en|{'WIRED_MBUS':{'baudRate':2400,'first':1,'last':250}}"
            + "|M-Bus, wired, 2400 baud: addresses 1 to 250",
        "de|{'WIRED_MBUS':{'baudRate':2400,'first':1,'last':250}}"
            + "|M-Bus, Draht, 2400 Baud: Adressen 1 bis 250",
        "en|{'EQ_BUS':{'listed':[3,1005]}}|EQ bus: addresses 3, 1005",
        "de|{'EQ_BUS':{'listed':[3,1005]}}|EQ-Bus: Adressen 3, 1005",
        "en|{'WIRELESS':{},'EQ_BUS':{'first':1,'last':2}}"
            + "|Wireless: all; EQ bus: addresses 1 to 2",
        "de|{'WIRELESS':{},'EQ_BUS':{'first':1,'last':2}}|Funk: alle; EQ-Bus: Adressen 1 bis 2"
      })
  void scanIsToldBusByBus(String language, String buses, String told) {
    var lines =
        words(language).parameters(operation("SCAN_METERS", "{'buses':" + buses + "}", null));

    assertThat(lines).singleElement().extracting(OperationWords.Line::value).isEqualTo(told);
  }

  @Test
  void registersAreToldBeforeAndAfterTheReset() {
    var result =
        "{'before':{'1-129:1.8.0*255':{'value':12340,'unit':'Wh','resets':1004},"
            + "'1-129:2.8.0*255':{'value':7,'unit':'Wh'}},"
            + "'after':{'1-129:1.8.0*255':{'value':0,'unit':'Wh','resets':1005}}}";
    var operation = operation("RESET_REGISTERS", "{'register':'ALL'}", result);

    assertThat(words("en").resets(operation))
        .extracting(
            ResetLine::register,
            ResetLine::before,
            ResetLine::after,
            ResetLine::resetsBefore,
            ResetLine::resetsAfter)
        .containsExactly(
            tuple("Active import, resettable", wattHours(12340), wattHours(0), "1,004", "1,005"),
            tuple("Active export, resettable", wattHours(7), null, "–", "–"));
    assertThat(words("en").result(operation)).isEmpty();
  }

  private static Quantity wattHours(long value) {
    return new Quantity(BigDecimal.valueOf(value), Unit.ofSymbol("Wh"));
  }

  @Test
  void whereNothingWasReadBackOnlyTheValuesBeforeAreTold() {
    var before = "{'before':{'1-129:1.8.0*255':{'value':5,'unit':'Wh','resets':0}}}";

    assertThat(words("de").resets(operation("RESET_REGISTERS", "{}", before)))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.after()).isNull();
              assertThat(line.resetsAfter()).isEqualTo("–");
            });
    assertThat(words("de").resets(operation("RESET_REGISTERS", "{}", null))).isEmpty();
    assertThat(words("de").resets(operation("CHANGE_SETTINGS", "{}", before))).isEmpty();
  }
}
