package org.meterledger.web.settings;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsField.Type;

/** One record of a part as it stands in the form: all texts are what the person typed. */
public class RecordForm implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,30}");
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,30}([.,]\\d{1,30})?");

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Boolean> flags = new HashMap<>();
  private final String read;

  private RecordForm(JsonObject read) {
    this.read = read.toString();
  }

  /** As the meter told it. A flag that it did not tell is a text, for nobody has said no. */
  static RecordForm of(Iterable<SettingsField> fields, JsonObject read) {
    var form = new RecordForm(read);
    for (var field : fields) {
      var value = read.get(field.name());
      if (field.type() == Type.FLAG && (value == JsonValue.TRUE || value == JsonValue.FALSE)) {
        form.flags.put(field.name(), value == JsonValue.TRUE);
      } else {
        form.texts.put(field.name(), text(value));
      }
    }
    return form;
  }

  private static String text(JsonValue value) {
    if (value instanceof JsonNumber number) {
      return number.bigDecimalValue().toPlainString();
    }
    if (value instanceof JsonString text) {
      return text.getString();
    }
    return value == null || value == JsonValue.NULL ? "" : value.toString();
  }

  /**
   * What is sent; what nobody has touched is what was read, to the letter.
   *
   * @param path where the record stands
   * @throws InvalidSetting where something is no number
   */
  JsonObject values(Iterable<SettingsField> fields, String path) {
    var before = PartForm.json(read);
    var values = Json.createObjectBuilder();
    for (var field : fields) {
      var value = value(field, before.get(field.name()), path + field.name());
      if (value != null) {
        values.add(field.name(), value);
      }
    }
    return values.build();
  }

  private JsonValue value(SettingsField field, JsonValue before, String path) {
    var flag = flags.get(field.name());
    if (flag != null) {
      return flag ? JsonValue.TRUE : JsonValue.FALSE;
    }
    String text = Objects.requireNonNullElse(texts.get(field.name()), "");
    if (text.equals(text(before))) {
      return before;
    }
    if (text.isBlank() && (field.type() != Type.TEXT || !field.required())) {
      return null;
    }
    return switch (field.type()) {
      case NUMBER -> number(field, text.strip(), path);
      case FLAG -> text.equals("true") ? JsonValue.TRUE : JsonValue.FALSE;
      default -> Json.createValue(text.strip());
    };
  }

  /** Where whole numbers are asked a point may stand for thousands, so none is taken. */
  private static JsonValue number(SettingsField field, String text, String path) {
    if (!(field.decimals() == 0 ? WHOLE : DECIMAL).matcher(text).matches()) {
      throw new InvalidSetting(
          path, field.decimals() == 0 ? "whole" : "number", text + " is not such a number");
    }
    return Json.createValue(new BigDecimal(text.replace(',', '.')));
  }

  /** By name of the field. */
  public Map<String, String> getTexts() {
    return texts;
  }

  /** By name of the field. */
  public Map<String, Boolean> getFlags() {
    return flags;
  }

  /** Whether a field is known to be on or off. */
  public boolean flag(String field) {
    return flags.containsKey(field);
  }
}
