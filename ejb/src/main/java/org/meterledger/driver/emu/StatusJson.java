package org.meterledger.driver.emu;

import jakarta.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterSession.Identification;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.model.MeterModel;

/** {@code /status.json}, manual p. 7: who the meter is, and how it is set. */
final class StatusJson {

  static final String PATH = "/status.json";

  private static final int MOST_SETTINGS = 100;

  private StatusJson() {}

  static ReadResult<Identification> identification(
      JsonObject status, MeterModel model, String address) {
    var serial = JsonText.text(status, "meterserial").map(String::strip).orElse("");
    var firmware = JsonText.text(status, "softwareversion");
    if (serial.isEmpty() || firmware.isEmpty()) {
      return ReadResult.failed(
          Kind.INVALID_DATA,
          address + " answers, but is not an " + model.manufacturer() + " " + model.name());
    }
    return ReadResult.complete(
        new Identification(
            serial,
            model.manufacturer(),
            model.name(),
            firmware.get().strip(),
            JsonText.time(status, "meterdatetime").orElse(null)));
  }

  static Map<String, String> settings(JsonObject status) {
    var settings = new LinkedHashMap<String, String>();
    for (String key : status.keySet()) {
      if (settings.size() < MOST_SETTINGS && key.length() <= 60) {
        JsonText.text(status, key).ifPresent(text -> settings.put(Printable.of(key), text));
      }
    }
    return Collections.unmodifiableMap(settings);
  }
}
