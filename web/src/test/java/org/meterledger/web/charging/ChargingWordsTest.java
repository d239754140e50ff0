package org.meterledger.web.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.charging.InvalidPublicKey;
import org.meterledger.charging.MeterKeys;
import org.meterledger.charging.OcmfReading;
import org.meterledger.charging.SessionFinding;
import org.meterledger.charging.Verdict;
import org.meterledger.driver.ChargeCycleTarget;
import org.meterledger.driver.ChargingSource;
import org.meterledger.web.settings.Beans;

/** Nothing of a charge is shown as a program writes it. */
class ChargingWordsTest {

  private static Stream<String> named(String group, Enum<?>... names) {
    return Arrays.stream(names).map(name -> group + "." + name.name());
  }

  @Test
  void whatIsListedByNameHasWords() {
    var english = ResourceBundle.getBundle("org.meterledger.web.text", Locale.ENGLISH);
    assertThat(
            Stream.of(
                    named("verdict", Verdict.Result.values()),
                    named("verdictReason", Verdict.Reason.values()),
                    named("chargingFinding", SessionFinding.Code.values()),
                    named("chargingTransaction", OcmfReading.Transaction.values()),
                    named("timeStatus", OcmfReading.TimeStatus.values()),
                    named("keyComparison", MeterKeys.Comparison.values()),
                    named("invalidKey", InvalidPublicKey.Rule.values()),
                    named("chosen", ChargeCycleTarget.State.values()),
                    named("chosen", ChargingSource.Lookup.values()),
                    named("chosen", ChargeCycleTarget.Step.values())
                        .filter(each -> !each.endsWith("PREPARE")))
                .flatMap(each -> each))
        .allMatch(english::containsKey);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void everyVerdictIsExplainedInASentence(String language) {
    var words = new ChargingWords();
    Beans.give(words, "texts", Beans.texts(language));
    for (var reason : Verdict.Reason.values()) {
      var values = List.of("1st", "2nd", "3rd");
      assertThat(words.explanation(new Verdict(reason, values)))
          .as(reason.name())
          .endsWith(".")
          .doesNotContain("{");
    }
    assertThat(
            words.explanation(
                new Verdict(Verdict.Reason.CURVE_DIFFERS, List.of("secp256r1", "secp192r1"))))
        .contains("secp256r1", "secp192r1");
    assertThat(words.explanation(new Verdict(Verdict.Reason.NO_KEY, Collections.emptyList())))
        .isNotBlank();
  }
}
