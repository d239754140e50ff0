package org.meterledger.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsPartTest {

  private static final SettingsPart ONE =
      SettingsPart.record(
          "one",
          SettingsField.number("seconds", "s", 20, 6000),
          SettingsField.decimal("factor", "kg/kWh", BigDecimal.ZERO, new BigDecimal("9.999"), 3)
              .optional(),
          SettingsField.text("user", 5, "[a-z0-9]+").optional(),
          SettingsField.flag("on").optional(),
          SettingsField.choice("source", List.of("clock", "input")).optional(),
          SettingsField.localTime("at").optional());

  private static final SettingsPart MANY =
      SettingsPart.rows(
          "many", new SettingsPart.Rows(1, 3), SettingsField.number("seconds", "s", 1, 9));

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  private static String broken(SettingsPart part, String values) {
    var invalid = catchThrowableOfType(InvalidSetting.class, () -> part.check(json(values)));
    return invalid.field() + " " + invalid.rule();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'seconds':20}",
        "{'seconds':6000.0,'factor':9.999,'on':false}",
        "{'seconds':1E+2,'factor':0,'user':'anna1','source':'clock','at':'2026-11-21T13:45:00'}",
        "{'seconds':20,'factor':null,'user':null,'on':null,'source':null,'at':null}"
      })
  void whatObeysTheRulesIsTaken(String values) {
    assertThatCode(() -> ONE.check(json(values))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|seconds required",
        "{'seconds':null}|seconds required",
        "{'seconds':19}|seconds range",
        "{'seconds':6001}|seconds range",
        "{'seconds':1e999999999}|seconds range",
        "{'seconds':1e-999999999}|seconds range",
        "{'seconds':20.5}|seconds decimals",
        "{'seconds':'20'}|seconds type",
        "{'seconds':20,'factor':9.9991}|factor range",
        "{'seconds':20,'factor':9.9981}|factor decimals",
        "{'seconds':20,'user':'annas1'}|user length",
        "{'seconds':20,'user':'Anna'}|user pattern",
        "{'seconds':20,'user':''}|user pattern",
        "{'seconds':20,'user':7}|user length",
        "{'seconds':20,'on':'true'}|on type",
        "{'seconds':20,'source':'moon'}|source choice",
        "{'seconds':20,'source':1}|source choice",
        "{'seconds':20,'at':'2026-11-21T13:45:00Z'}|at type",
        "{'seconds':20,'at':5}|at type",
        "{'seconds':20,'minutes':1}|minutes unknown"
      })
  void whatBreaksARuleIsToldByFieldAndRule(String values, String told) {
    assertThat(broken(ONE, values)).isEqualTo(told);
  }

  @Test
  void rowsAreCountedAndEachIsChecked() {
    assertThatCode(() -> MANY.check(json("{'rows':[{'seconds':1},{'seconds':9}]}")))
        .doesNotThrowAnyException();
    assertThat(broken(MANY, "{'rows':[]}")).isEqualTo("rows count");
    assertThat(broken(MANY, "{'rows':[{'seconds':1},{'seconds':1},{'seconds':1},{'seconds':1}]}"))
        .isEqualTo("rows count");
    assertThat(broken(MANY, "{'rows':[{'seconds':1},{'seconds':10}]}"))
        .isEqualTo("rows.1.seconds range");
    assertThat(broken(MANY, "{'rows':[7]}")).isEqualTo("rows.0 type");
    assertThat(broken(MANY, "{'seconds':1}")).isEqualTo("rows type");
    assertThat(broken(MANY, "{'rows':[{'seconds':1}],'more':1}")).isEqualTo("rows type");
  }
}
