package org.meterledger.driver.dmed4;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The block of parameters, as people read it and as the meter takes it. */
final class Parameters {

  private Parameters() {}

  /**
   * One that is the password of the portal is left out: nobody who sees the meter is to know it.
   *
   * @param password null where there is none
   */
  static Map<String, String> texts(
      Dmed4Tables tables, SortedMap<String, Long> values, String password) {
    var texts = new LinkedHashMap<String, String>();
    for (var parameter : tables.parameters()) {
      var value = values.get(parameter.name());
      if (!secret(parameter, value, password)) {
        texts.put(parameter.name(), parameter.text(value));
      }
    }
    return texts;
  }

  private static boolean secret(Parameter parameter, long value, String password) {
    return parameter.withheld()
        && password != null
        && password.matches("\\d+")
        && password.replaceFirst("^0+(?=\\d)", "").equals(Long.toString(value));
  }

  static JsonObject json(Dmed4Tables tables, SortedMap<String, Long> values, String password) {
    var json = Json.createObjectBuilder();
    for (var parameter : tables.parameters()) {
      var value = values.get(parameter.name());
      if (parameter.kind() == Parameter.Kind.NUMBER && !secret(parameter, value, password)) {
        json.add(parameter.name(), value);
      } else if (parameter.kind() != Parameter.Kind.NUMBER) {
        json.add(parameter.name(), parameter.text(value));
      }
    }
    return json.build();
  }

  /**
   * @param given obeys the fields; what it leaves out stays as it is
   */
  static SortedMap<String, Long> values(
      Dmed4Tables tables, JsonObject given, SortedMap<String, Long> now) {
    var values = new TreeMap<>(now);
    for (var parameter : tables.parameters()) {
      var value = given.get(parameter.name());
      if (value != null && value != JsonValue.NULL) {
        values.put(
            parameter.name(),
            value instanceof JsonString text
                ? parameter.value(text.getString())
                : ((JsonNumber) value).bigDecimalValue().longValueExact());
      }
    }
    return values;
  }
}
