package org.meterledger.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.ClearTarget;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.RegisterResetTarget;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.driver.dmed4.Dmed4Driver;
import org.meterledger.driver.g13.G13Driver;
import org.meterledger.driver.model.MeterModels;

/** Whatever a device lets set, erase or reset has words. */
class SettingsWordsTest {

  private static final Control NO_FALLBACK =
      Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);
  private static final Endpoint NOWHERE =
      new Endpoint.Http(URI.create("http://0.0.0.0"), null, null, Duration.ofSeconds(1));

  @ParameterizedTest
  @CsvSource({
    "abb-g13, en",
    "abb-g13, de",
    "abb-g13-gateway, en",
    "abb-g13-gateway, de",
    "lovato-dmed4, en",
    "lovato-dmed4, de"
  })
  void everythingThatCanBeSetHasWords(String model, String language) {
    var bundle =
        ResourceBundle.getBundle(
            "org.meterledger.web.text", Locale.forLanguageTag(language), NO_FALLBACK);
    var keys = new ArrayList<String>();
    try (var session = driver(model).open(new MeterModels().get(model), NOWHERE)) {
      for (var part : session.as(SettingsTarget.class).orElseThrow().parts()) {
        keys.addAll(keys(part));
      }
      session
          .as(ClearTarget.class)
          .ifPresent(target -> target.clearable().forEach(what -> keys.add("what." + what)));
      session
          .as(RegisterResetTarget.class)
          .ifPresent(target -> target.resettable().forEach(code -> keys.add("register." + code)));
    }
    assertThat(bundle.keySet()).containsAll(keys);
    assertThat(keys).hasSizeGreaterThan(20);
  }

  private static MeterDriver driver(String model) {
    return model.equals("lovato-dmed4")
        ? new Dmed4Driver(Clock.systemUTC())
        : new G13Driver(Clock.systemUTC());
  }

  private static List<String> keys(SettingsPart part) {
    var keys = new ArrayList<String>();
    keys.add("part." + part.name());
    keys.add("part." + part.name() + ".help");
    for (SettingsField field : part.fields()) {
      keys.add("setting." + field.name());
      field.choices().forEach(choice -> keys.add("choice." + field.name() + "." + choice));
    }
    return keys;
  }
}
