package org.meterledger.web.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;

class PartFormTest {

  private static final SettingsPart ONE =
      SettingsPart.record(
          "one",
          SettingsField.number("seconds", "s", 0, 6000),
          SettingsField.decimal("factor", null, BigDecimal.ZERO, BigDecimal.TEN, 3),
          SettingsField.text("name", 20, null),
          SettingsField.text("note", 20, null).optional(),
          SettingsField.flag("on"),
          SettingsField.choice("source", List.of("clock", "input")),
          SettingsField.localTime("at"));

  private static final SettingsPart MANY =
      SettingsPart.rows(
          "many",
          new SettingsPart.Rows(0, 3),
          SettingsField.number("items", null, 1, 9),
          SettingsField.flag("on"));

  private static final JsonObject READ =
      json(
          "{'seconds':60,'factor':1.500,'name':'','note':'','on':true,'source':'input',"
              + "'at':'2026-11-21T13:45:00'}");

  private static JsonObject json(String text) {
    return PartForm.json(text.replace('\'', '"'));
  }

  private final PartForm form = PartForm.of(ONE, READ);
  private final RecordForm record = form.getRecords().get(0);

  @Test
  void whatNobodyTouchesIsSentAsItWasRead() {
    assertThat(form.after(ONE).toString()).isEqualTo(READ.toString());
    assertThat(form.before()).isEqualTo(READ);
  }

  @Test
  void whatIsTypedBecomesValues() {
    record.getTexts().put("seconds", " 900 ");
    record.getTexts().put("factor", "2,25");
    record.getTexts().put("name", " Keller ");
    record.getTexts().put("source", "clock");
    record.getTexts().put("at", "2026-11-21T14:00");
    record.getFlags().put("on", false);
    assertThat(form.after(ONE))
        .isEqualTo(
            json(
                "{'seconds':900,'factor':2.25,'name':'Keller','note':'','on':false,"
                    + "'source':'clock','at':'2026-11-21T14:00'}"));
  }

  @Test
  void whatIsEmptiedIsLeftOutUnlessAnEmptyTextIsAllowed() {
    var named = PartForm.of(ONE, json("{'seconds':60,'name':'Keller','note':'x'}"));
    named.getRecords().get(0).getTexts().replaceAll((field, text) -> "");
    assertThat(named.after(ONE)).isEqualTo(json("{'name':''}"));
  }

  @ParameterizedTest
  @CsvSource({"seconds,1.000,whole", "seconds,1e3,whole", "seconds,x,whole", "factor,1.2.3,number"})
  void whatIsNoNumberIsRefusedAtItsField(String field, String text, String rule) {
    record.getTexts().put(field, text);
    var broken = catchThrowableOfType(InvalidSetting.class, () -> form.after(ONE));
    assertThat(broken.field()).isEqualTo(field);
    assertThat(broken.rule()).isEqualTo(rule);
  }

  @Test
  void flagThatWasNotToldIsNotOff() {
    var unknown = PartForm.of(ONE, json("{}"));
    assertThat(unknown.getRecords().get(0).flag("on")).isFalse();
    assertThat(unknown.after(ONE)).isEmpty();
    unknown.getRecords().get(0).getTexts().put("on", "false");
    assertThat(unknown.after(ONE)).isEqualTo(json("{'on':false}"));
  }

  @Test
  void rowsComeAndGo() {
    var rows = PartForm.of(MANY, json("{'rows':[{'items':1,'on':true},{'items':2,'on':true}]}"));
    rows.drop(0);
    rows.add(MANY);
    rows.getRecords().get(1).getTexts().put("items", "3");
    assertThat(rows.after(MANY))
        .isEqualTo(json("{'rows':[{'items':2,'on':true},{'items':3,'on':false}]}"));
  }

  @Test
  void whatIsNoNumberInARowIsToldWithItsRow() {
    var rows = PartForm.of(MANY, json("{'rows':[{'items':1},{'items':2}]}"));
    rows.getRecords().get(1).getTexts().put("items", "many");
    var broken = catchThrowableOfType(InvalidSetting.class, () -> rows.after(MANY));
    assertThat(broken.field()).isEqualTo("rows.1.items");
  }

  @ParameterizedTest
  @ValueSource(strings = {"900", "901"})
  void goesToAnotherNode(String seconds) throws Exception {
    record.getTexts().put("seconds", seconds);
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(form);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((PartForm) in.readObject()).after(ONE)).isEqualTo(form.after(ONE));
    }
  }
}
