package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.meterledger.driver.g13.Outcome.value;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsTarget;

/** The settings in the manual's examples, of the gateway and of its meter ABB_8. */
final class SettingsExamples implements AutoCloseable {

  static final String SUCCESS = "{\"status\":\"success\"}";

  final G13Server server = new G13Server().examples();
  final SettingsTarget meter = server.session().as(SettingsTarget.class).orElseThrow();
  final SettingsTarget gateway =
      G13Server.driver()
          .open(G13Server.GATEWAY, server.endpoint())
          .as(SettingsTarget.class)
          .orElseThrow();

  /** With apostrophes for quotes. */
  static JsonValue json(String text) {
    try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readValue();
    }
  }

  /** The same with another value at one place; {@code /rows/-} adds a row. */
  static JsonObject with(JsonObject values, String pointer, String value) {
    var at = Json.createPointer(pointer);
    return !pointer.endsWith("-") && at.containsValue(values)
        ? at.replace(values, json(value))
        : at.add(values, json(value));
  }

  SettingsTarget of(String part) {
    return meter.parts().stream().anyMatch(each -> each.name().equals(part)) ? meter : gateway;
  }

  JsonObject read(String part) {
    return value(of(part).readPart(part)).values();
  }

  /** The example, with what it has against the manual's own rules put right. */
  JsonObject sound(String part) {
    var values = read(part);
    return switch (part) {
      case "loadProfiles" -> with(values, "/rows/6/interval", "'600'");
      case "alarms" -> with(with(values, "/rows/0/output", "1"), "/rows/1/output", "2");
      case "pulses" -> with(values, "/rows/0/port", "'off'");
      case "mBusWired", "mBusInfrared" ->
          with(with(values, "/meterContact", "10"), "/responseTimeout", "300");
      default -> values;
    };
  }

  /** Field and rule; empty where all are obeyed. */
  String broken(String part, JsonObject values) {
    return broken(of(part), part, values);
  }

  static String broken(SettingsTarget target, String part, JsonObject values) {
    var description = target.parts().stream().filter(each -> each.name().equals(part)).findFirst();
    var invalid =
        catchThrowableOfType(
            InvalidSetting.class,
            () -> {
              description.orElseThrow().check(values);
              target.checkPart(part, values);
            });
    return invalid == null ? "" : invalid.field() + " " + invalid.rule();
  }

  @Override
  public void close() {
    server.close();
  }
}
