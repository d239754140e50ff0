package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.value;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget;

/** Settings part by part, in the manual's examples. */
@Timeout(60)
class G13SettingsTest {

  private final G13Server server = new G13Server().examples();
  private final G13MeterSession session = server.session();
  private final SettingsTarget settings = session.as(SettingsTarget.class).orElseThrow();

  @AfterEach
  void stop() {
    session.close();
    server.close();
  }

  @Test
  void everyPartThatIsReadObeysItsOwnRules() {
    for (SettingsPart part : settings.parts()) {
      var read = value(settings.readPart(part.name()));
      part.check(read.values());
      settings.checkPart(part.name(), read.values());
    }
  }

  @Test
  void transformersAreReadAsTheMeterHasThem() {
    assertThat(value(settings.readPart("transformers")).values())
        .isEqualTo(
            Json.createObjectBuilder()
                .add("currentNumerator", 1)
                .add("currentDenominator", 1)
                .add("voltageNumerator", 1)
                .add("voltageDenominator", 1)
                .build());
  }

  @Test
  void aPartThatIsNoneIsAMistakeOfTheCaller() {
    assertThatThrownBy(() -> settings.readPart("moon"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutAMeterPartsAreToldButNotRead() {
    try (var lost = G13Server.driver().open(G13Server.METER, server.endpoint())) {
      var target = lost.as(SettingsTarget.class).orElseThrow();

      assertThat(target.parts()).isEqualTo(settings.parts());
      assertThat(failure(target.readPart("transformers")).kind()).isEqualTo(Kind.INVALID_DATA);
      assertThat(
              target.writePart(
                  "transformers", JsonValue.EMPTY_JSON_OBJECT, JsonValue.EMPTY_JSON_OBJECT))
          .isInstanceOf(org.meterledger.driver.CommandResult.Refused.class);
    }
  }
}
