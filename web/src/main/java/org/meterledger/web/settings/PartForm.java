package org.meterledger.web.settings;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.Serializable;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsChange;
import org.meterledger.driver.SettingsField.Type;
import org.meterledger.driver.SettingsPart;

/** A part of the settings as it stands in the form. */
public class PartForm implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ArrayList<RecordForm> records = new ArrayList<>();
  private final String before;

  private PartForm(JsonObject before) {
    this.before = before.toString();
  }

  static PartForm of(SettingsPart part, JsonObject read) {
    var form = new PartForm(read);
    for (var record : SettingsChange.records(part, read)) {
      form.records.add(RecordForm.of(part.fields(), record));
    }
    return form;
  }

  /** As it was read when the form was opened. */
  JsonObject before() {
    return json(before);
  }

  /**
   * As it is to be.
   *
   * @throws InvalidSetting where something is no number
   */
  JsonObject after(SettingsPart part) {
    if (part.rows() == null) {
      return records.get(0).values(part.fields(), "");
    }
    var rows = Json.createArrayBuilder();
    for (int i = 0; i < records.size(); i++) {
      rows.add(records.get(i).values(part.fields(), SettingsPart.ROWS + '.' + i + '.'));
    }
    return Json.createObjectBuilder().add(SettingsPart.ROWS, rows).build();
  }

  /** One more row, in which all is to be said but for flags, which are off. */
  void add(SettingsPart part) {
    var row = RecordForm.of(part.fields(), off(part));
    records.add(row);
  }

  private static JsonObject off(SettingsPart part) {
    JsonObjectBuilder flags = Json.createObjectBuilder();
    part.fields().stream()
        .filter(field -> field.type() == Type.FLAG)
        .forEach(field -> flags.add(field.name(), false));
    return flags.build();
  }

  void drop(int row) {
    records.remove(row);
  }

  public List<RecordForm> getRecords() {
    return records;
  }

  static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
