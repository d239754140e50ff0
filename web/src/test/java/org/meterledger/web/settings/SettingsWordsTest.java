package org.meterledger.web.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import jakarta.faces.model.SelectItem;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.driver.g13.G13Driver;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.web.settings.SettingsChanges.Line;
import org.meterledger.web.settings.SettingsChanges.Outcome;

class SettingsWordsTest {

  private static final SettingsPart ONE =
      SettingsPart.record(
          "one",
          SettingsField.number("seconds", "s", 20, 6000),
          SettingsField.decimal("factor", null, BigDecimal.ZERO, BigDecimal.TEN, 3).optional(),
          SettingsField.text("user", 5, "[a-z]+").optional(),
          SettingsField.flag("on").optional(),
          SettingsField.choice("source", List.of("clock", "input")).optional(),
          SettingsField.localTime("at").optional());

  private static final SettingsPart MANY =
      SettingsPart.rows(
          "many",
          new SettingsPart.Rows(1, 3),
          SettingsField.choice("quantity", List.of()),
          SettingsField.number("seconds", "s", 1, 9));

  private static final Map<String, Map<String, String>> OFFERED =
      Map.of("quantity", Map.of("17", "Active import"));

  private final SettingsWords words = Beans.words();
  private final SettingsChanges changes = new SettingsChanges();

  SettingsWordsTest() {
    Beans.give(changes, "words", words);
  }

  private static JsonObject json(String text) {
    return PartForm.json(text.replace('\'', '"'));
  }

  private static SettingsField field(SettingsPart part, String name) {
    return part.fields().stream().filter(each -> each.name().equals(name)).findAny().orElseThrow();
  }

  private String value(SettingsPart part, String name, JsonValue value) {
    return words.value(field(part, name), value, OFFERED);
  }

  @Test
  void valuesAreToldWithUnitsAndNames() {
    assertThat(value(ONE, "seconds", Json.createValue(1200))).isEqualTo("1,200 s");
    assertThat(value(ONE, "on", JsonValue.TRUE)).isEqualTo("Yes");
    assertThat(value(ONE, "at", Json.createValue("2026-11-21T13:45:00")))
        .isEqualTo("2026-11-21 13:45:00");
    assertThat(value(MANY, "quantity", Json.createValue("17"))).isEqualTo("Active import");
    assertThat(value(MANY, "quantity", Json.createValue("18"))).isEqualTo("18");
    assertThat(value(ONE, "seconds", null)).isEqualTo("–");
    assertThat(value(ONE, "seconds", JsonValue.NULL)).isEqualTo("–");
  }

  @Test
  void whatIsSetCanBeChosenWhateverItIs() {
    assertThat(words.choices(field(MANY, "quantity"), "99", OFFERED))
        .extracting(SelectItem::getValue, SelectItem::getLabel)
        .containsExactly(tuple("17", "Active import"), tuple("99", "99"));
    assertThat(words.choices(field(ONE, "source"), null, Map.of()))
        .extracting(SelectItem::getValue)
        .containsExactly("", "clock", "input");
    assertThat(words.choices(field(ONE, "on"), "", Map.of()))
        .extracting(SelectItem::getLabel)
        .containsExactly("–", "Yes", "No");
  }

  @Test
  void whatADeviceOffersHasWordsWhereThePortalHasThem() {
    var offered = new LinkedHashMap<String, String>();
    offered.put("69", "VOLTAGE_L1");
    offered.put("999", "SOMETHING_NEW");
    assertThat(words.choices(field(MANY, "quantity"), "69", Map.of("quantity", offered)))
        .extracting(SelectItem::getLabel)
        .containsExactly("Voltage L1", "SOMETHING_NEW");
  }

  @Test
  void limitsAreToldWhereOneTypes() {
    assertThat(words.help(field(ONE, "seconds"))).isEqualTo("20 to 6,000 s.");
    assertThat(words.help(field(ONE, "factor"))).isEqualTo("0 to 10. At most 3 decimals.");
    assertThat(words.help(field(ONE, "user"))).isEqualTo("At most 5 characters.");
    assertThat(words.help(field(ONE, "on"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                              | seconds: this is needed.",
        "{'seconds':19}                  | seconds: from 20 to 6,000 s.",
        "{'seconds':20.5}                | seconds: at most 0 decimals.",
        "{'seconds':20,'factor':1.2345}  | factor: at most 3 decimals.",
        "{'seconds':20,'user':'abcdef'}  | user: at most 5 characters.",
        "{'seconds':20,'user':'A'}       | user: this does not have the form that is asked.",
        "{'seconds':20,'on':1}           | on: this is not of the kind that is asked.",
        "{'seconds':20,'source':'moon'}  | source: this is not one of the choices.",
        "{'moon':1}                      | one: the meter does not know this."
      })
  void brokenRuleIsASentence(String values, String sentence) {
    var broken = catchThrowableOfType(InvalidSetting.class, () -> ONE.check(json(values)));
    assertThat(words.broken(ONE, broken)).isEqualTo(sentence);
  }

  @Test
  void brokenRuleNamesItsRow() {
    var far = json("{'rows':[{'quantity':'17','seconds':1},{'quantity':'17','seconds':10}]}");
    var broken = catchThrowableOfType(InvalidSetting.class, () -> MANY.check(far));
    assertThat(words.broken(MANY, broken)).isEqualTo("Row 2: seconds: from 1 to 9 s.");
    var none = catchThrowableOfType(InvalidSetting.class, () -> MANY.check(json("{'rows':[]}")));
    assertThat(words.broken(MANY, none)).isEqualTo("many: there are 1 to 3 rows.");
    assertThat(words.broken(MANY, new InvalidSetting("rows", "moon", "No moon here")))
        .isEqualTo("No moon here");
  }

  private List<Line> lines(String result) {
    return changes.lines(
        ONE,
        json("{'before':{'seconds':60,'on':true},'after':{'seconds':90,'on':false}}"),
        result == null ? null : json(result),
        Map.of());
  }

  @Test
  void changeIsToldBeforeItIsDone() {
    assertThat(lines(null))
        .containsExactly(
            new Line("seconds", "60 s", "90 s", "–", null), new Line("on", "Yes", "No", "–", null));
  }

  @Test
  void whatTookAndWhatDidNotIsToldByValue() {
    assertThat(
            lines(
                "{'before':{'seconds':60,'on':true},'sent':{'seconds':90,'on':false},"
                    + "'after':{'seconds':90,'on':true},'unconfirmed':['on']}"))
        .containsExactly(
            new Line("seconds", "60 s", "90 s", "90 s", Outcome.TAKEN),
            new Line("on", "Yes", "No", "Yes", Outcome.NOT_TAKEN));
  }

  @Test
  void whatNobodyWantedAndYetDiffersIsTold() {
    assertThat(
            lines(
                "{'sent':{'seconds':90,'on':false,'factor':1},"
                    + "'after':{'seconds':90,'on':false,'factor':2},'unconfirmed':['factor']}"))
        .contains(new Line("factor", "1", "1", "2", Outcome.NOT_TAKEN));
  }

  @Test
  void whatIsUnknownAndWhatWasNotSentIsToldAsSuch() {
    assertThat(lines("{'before':{},'sent':{'seconds':90},'unconfirmed':['seconds','on']}"))
        .extracting(Line::now, Line::outcome)
        .containsOnly(tuple("–", Outcome.UNCONFIRMED));
    assertThat(lines("{'before':{'seconds':70,'on':true},'changedMeanwhile':['seconds']}"))
        .containsExactly(
            new Line("seconds", "60 s", "90 s", "70 s", Outcome.CHANGED_MEANWHILE),
            new Line("on", "Yes", "No", "Yes", Outcome.NOT_TAKEN));
  }

  @Test
  void everyPartOfEveryMeterHasWords() {
    var english = ResourceBundle.getBundle("org.meterledger.web.text", Locale.ENGLISH);
    var models = new MeterModels();
    var driver = new G13Driver(Clock.systemUTC());
    var missing = new ArrayList<String>();
    try (var session = driver.open(models.get("abb-g13"), nowhere())) {
      for (var part : session.as(SettingsTarget.class).orElseThrow().parts()) {
        missing.add("part." + part.name());
        missing.add("part." + part.name() + ".help");
        for (var field : part.fields()) {
          missing.add("setting." + field.name());
          field.choices().forEach(each -> missing.add("choice." + field.name() + "." + each));
        }
      }
    }
    assertThat(missing).isNotEmpty();
    missing.removeIf(english::containsKey);
    assertThat(missing).isEmpty();
  }

  private static Endpoint nowhere() {
    return new Endpoint.Http(URI.create("http://0.0.0.0"), null, null, Duration.ofSeconds(1));
  }
}
