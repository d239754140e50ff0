package org.meterledger.driver;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsChangeTest {

  private static final SettingsPart ONE =
      SettingsPart.record(
          "one",
          SettingsField.decimal("factor", null, BigDecimal.ZERO, BigDecimal.TEN, 3),
          SettingsField.localTime("at").moving(),
          SettingsField.text("name", 9, null).optional());

  private static final SettingsPart MANY =
      SettingsPart.rows(
          "many",
          new SettingsPart.Rows(0, 9),
          SettingsField.number("a", null, 0, 9),
          SettingsField.number("b", null, 0, 9).optional());

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  private static List<String> paths(SettingsPart part, String before, String after) {
    return SettingsChange.between(part, json(before), json(after)).stream()
        .map(SettingsChange::path)
        .toList();
  }

  @Test
  void whatMeansTheSameIsNoChange() {
    assertThat(
            paths(
                ONE,
                "{'factor':1,'at':'2026-11-21T13:45','name':null}",
                "{'factor':1.000,'at':'2026-11-21T13:45:00'}"))
        .isEmpty();
    assertThat(paths(ONE, "{'factor':1}", "{'factor':1.001,'name':''}"))
        .containsExactly("factor", "name");
    assertThat(paths(ONE, "{'factor':'1'}", "{'factor':1}")).containsExactly("factor");
  }

  @Test
  void rowsAreComparedByTheirPlaces() {
    assertThat(paths(MANY, "{'rows':[{'a':1},{'a':2}]}", "{'rows':[{'a':1},{'a':3,'b':4}]}"))
        .containsExactly("rows.1.a", "rows.1.b");
    assertThat(paths(MANY, "{'rows':[{'a':1},{'a':2}]}", "{'rows':[{'a':2}]}"))
        .containsExactly("rows.0.a", "rows.1.a");
    assertThat(paths(MANY, "{}", "{'rows':[{'a':2}]}")).containsExactly("rows.0.a");
  }

  @Test
  void whatIsNotToBeChangedIsKeptAsItIs() {
    var changes =
        SettingsChange.between(
            MANY, json("{'rows':[{'a':1,'b':1}]}"), json("{'rows':[{'a':1,'b':2}]}"));

    assertThat(
            SettingsChange.merged(
                MANY, json("{'rows':[{'a':7,'b':1}]}"), json("{'rows':[{'a':1,'b':2}]}"), changes))
        .isEqualTo(json("{'rows':[{'a':7,'b':2}]}"));
  }

  @Test
  void whatSomebodyElseChangedMattersWhereItIsToBeChanged() {
    assertThat(foreign("{'rows':[{'a':2,'b':1}]}", "{'rows':[{'a':1,'b':5}]}")).isEmpty();
    assertThat(foreign("{'rows':[{'a':2,'b':1}]}", "{'rows':[{'a':5,'b':1}]}"))
        .containsExactly("rows.0.a");
    assertThat(foreign("{'rows':[{'a':1,'b':1},{'a':3}]}", "{'rows':[{'a':1,'b':5}]}"))
        .containsExactly("rows.0.b");
    assertThat(foreign("{'rows':[{'a':2,'b':1}]}", "{'rows':[{'a':1,'b':1},{'a':3}]}"))
        .containsExactly("rows.1.a");
    assertThat(
            SettingsChange.foreign(
                ONE,
                json("{'at':'2026-11-21T13:45:00'}"),
                json("{'at':'2026-11-21T14:00:00'}"),
                json("{'at':'2026-11-21T13:50:00'}")))
        .isEmpty();
  }

  private static List<String> foreign(String after, String now) {
    return SettingsChange.foreign(MANY, json("{'rows':[{'a':1,'b':1}]}"), json(after), json(now))
        .stream()
        .map(SettingsChange::path)
        .toList();
  }

  @Test
  void clockMovesWithinAMinute() {
    assertThat(moved("2026-11-21T13:45:00", "2026-11-21T13:46:00")).isTrue();
    assertThat(moved("2026-11-21T13:45:00", "2026-11-21T13:44:00")).isTrue();
    assertThat(moved("2026-11-21T13:45:00", "2026-11-21T13:46:01")).isFalse();
    var changes = SettingsChange.between(ONE, json("{'factor':1}"), json("{'factor':2}"));
    assertThat(changes.get(0).moved()).isFalse();
  }

  private static boolean moved(String sent, String read) {
    return SettingsChange.between(ONE, json("{'at':'" + sent + "'}"), json("{'at':'" + read + "'}"))
        .get(0)
        .moved();
  }
}
