package org.meterledger.simulators.meterextension;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Optional;
import org.meterledger.simulators.HttpAnswer;
import org.meterledger.simulators.meterextension.ConnectedMeter.Told;
import org.meterledger.simulators.meterextension.MeterExtension.Errand;
import org.meterledger.simulators.meterextension.MeterExtension.Heard;

/** The commands of chapter 3 of the manual, by {@code POST /api}. */
final class Api {
  private static final String PATH = "/api";
  private static final String NO_METER = "lu";
  private static final String USUAL_CERTIFICATE = "ca_cert.pem";

  /** The filled example of 3.5.1: one bracket too many, and a brace for a comma. */
  private static final String MISPRINT =
      """
      {"meter":[{"meterid":"1KFM0100000015","data": [
      {"OBIS":"1-0:1.7.0.255","scale":"0","unit":"27","entry":[{"val":"0","ts":"1532715540"}]}],
      {"OBIS":"1-0:1.8.0.255","scale":"0","unit":"30","entry":[{"val":"0","ts":"1532715540"}]}],
      {"result":"OK","id":"123"}
      """;

  private final MeterExtension box;

  Api(MeterExtension box) {
    this.box = box;
  }

  /**
   * Answers a request; whatever content type it names is taken for JSON.
   *
   * @param fault only those of the content matter here
   */
  HttpAnswer answer(String method, String path, String body, Optional<Fault> fault) {
    if (!path.equals(PATH)) {
      return HttpAnswer.text(404, "Nothing matches the given URI");
    }
    if (!method.equals("POST")) {
      return HttpAnswer.text(405, "Request method for this URI is not handled by server");
    }
    JsonObject request = parse(body);
    String id = id(request.get("id"));
    if (fault.filter(Fault.UNKNOWN_COMMAND::equals).isPresent()) {
      return unknown(id);
    }
    if (fault.filter(Fault.MISPRINTED_EXAMPLE::equals).isPresent()) {
      return HttpAnswer.json(MISPRINT);
    }
    boolean wrongId = fault.filter(Fault.WRONG_ID::equals).isPresent();
    return answer(request, wrongId ? ",\"id\":\"another\"" : id);
  }

  private static JsonObject parse(String body) {
    try (var reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    } catch (JsonException notAnObject) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
  }

  /** The member that echoes an id, always as a string; empty where none was sent. */
  private static String id(JsonValue sent) {
    if (sent instanceof JsonString text) {
      return ",\"id\":" + text;
    }
    return sent instanceof JsonNumber number ? ",\"id\":\"" + number + "\"" : "";
  }

  private HttpAnswer answer(JsonObject request, String id) {
    return switch (request.getString("cmd", "")) {
      case "meter_reading" -> HttpAnswer.json(meterReading(id));
      case "meter_setkey" -> {
        box.setKey(request.getString("key", ""));
        yield ok(id);
      }
      case "system_status" -> HttpAnswer.json(systemStatus(id));
      case "wifi_status" -> HttpAnswer.json(wifiStatus(id));
      case "wifi_config" -> {
        box.configureWifi(
            request.getString("ssid", null),
            request.getString("password", null),
            request.getString("mode", null));
        yield ok(id);
      }
      case "get_ip_info" ->
          HttpAnswer.text(
              200,
              "IP: %s\nGW: 192.168.0.1\nNet Mask: 255.255.255.0\n"
                  .formatted(box.settings().address()));
      case "system_restart" -> {
        box.restart();
        yield ok(id);
      }
      case "meter_factreset" -> {
        box.resetToFactory();
        yield ok(id);
      }
      case "firmware_update" -> errand(request, "firmware_uri", id);
      case "download_file", "request_post" -> errand(request, "file_uri", id);
      default -> unknown(id);
    };
  }

  private HttpAnswer errand(JsonObject request, String uri, String id) {
    box.note(
        new Errand(
            request.getString("cmd"),
            request.getString(uri, ""),
            request.getString("message", ""),
            request.getString("cert", USUAL_CERTIFICATE)));
    return ok(id);
  }

  private static HttpAnswer ok(String id) {
    return HttpAnswer.json("{\"result\":\"OK\"" + id + "}");
  }

  /** No JSON: the manual (3.2.1) prints a name without a value. */
  private static HttpAnswer unknown(String id) {
    return HttpAnswer.json("{\"error\":\"unkown_cmd\",\"result\"" + id + "}");
  }

  private String systemStatus(String id) {
    MeterExtension.Settings settings = box.settings();
    return """
    {"model":%s,"sw-version":%s,"hw-version":%s,"mac":"%s","sys-ts":"%d","result":"OK"%s}\
    """
        .formatted(
            Json.createValue(settings.model()),
            Json.createValue(settings.softwareVersion()),
            Json.createValue(settings.hardwareVersion()),
            settings.mac(),
            box.now().getEpochSecond(),
            id);
  }

  private String wifiStatus(String id) {
    return """
    {"ssid":%s,"rssi":"-63","ap-mac":"%s","IP": "%s","result":"OK"%s}\
    """
        .formatted(
            Json.createValue(box.network().ssid()),
            box.settings().mac(),
            box.settings().address(),
            id);
  }

  private String meterReading(String id) {
    StringBuilder meters = new StringBuilder();
    for (Heard heard : box.heard()) {
      boolean nothing = heard.values().isEmpty();
      meters.append(meters.isEmpty() ? "" : ",");
      meters.append("{\"meterid\":");
      meters.append(Json.createValue(nothing ? NO_METER : heard.meterId()));
      meters.append(",\"data\":[").append(nothing ? "{}" : data(heard)).append("] }");
    }
    return "{\"meter\":[" + meters + "],\"result\":\"OK\"" + id + "}";
  }

  private static String data(Heard heard) {
    StringBuilder data = new StringBuilder();
    for (Told each : heard.values()) {
      data.append(data.isEmpty() ? "" : ",\n");
      data.append(
          """
          {"OBIS":"%s","scale":"%d","unit":"%d","entry":[{"val":"%d","ts":"%d"}]}\
          """
              .formatted(
                  each.register().obis(),
                  each.register().scale(),
                  each.register().unit(),
                  each.number(),
                  each.at()));
    }
    return data.toString();
  }
}
