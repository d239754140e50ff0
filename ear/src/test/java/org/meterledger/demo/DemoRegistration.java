package org.meterledger.demo;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.meterledger.simulators.dmed4.Dmed4Simulator;
import org.meterledger.simulators.emu.EmuSimulator;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.meterextension.MeterExtensionSimulator;
import org.meterledger.system.ApiToken;
import org.meterledger.system.Database;

/** Adds the simulated meters and gateways to the portal by its API, as anybody's program would. */
final class DemoRegistration {

  private static final Pattern FINGERPRINT = Pattern.compile("\"sha256\":\"([0-9a-f]{64})\"");

  private final Database database;
  private final URI api;
  private final HttpClient http = HttpClient.newHttpClient();

  DemoRegistration(Database database, URI server) {
    this.database = database;
    this.api = server.resolve("api/v1/");
  }

  /** Those that were ever there stay as they are, for a person may have changed or removed them. */
  void addMissing(EmuSimulator simulated, String account)
      throws SQLException, IOException, InterruptedException {
    var known = known();
    try (ApiToken token = ApiToken.issued(database, account)) {
      for (int number = 0; number < simulated.size(); number++) {
        if (!known.contains(simulated.meter(number).settings().serialNumber())) {
          send("POST", "meters", DemoMeters.json(simulated, number), token);
        }
      }
    }
  }

  /** With the keys of their records, all but one. */
  void addMissing(Dmed4Simulator chargers, String account)
      throws SQLException, IOException, InterruptedException {
    var known = known();
    try (ApiToken token = ApiToken.issued(database, account)) {
      for (int number = 0; number < chargers.size(); number++) {
        String serial = DemoChargers.serial(chargers, number);
        if (!known.contains(serial)) {
          send("POST", "meters", DemoChargers.json(chargers, number), token);
          if (DemoChargers.hasKey(number)) {
            String key = "meters/" + serial + "/charging/key";
            send("PUT", key, DemoChargers.key(chargers, number), token, "If-Match", "\"0\"");
          }
        }
      }
    }
  }

  void addMissing(MeterExtensionSimulator boxes, String account)
      throws SQLException, IOException, InterruptedException {
    var known = known();
    try (ApiToken token = ApiToken.issued(database, account)) {
      for (int number = 0; number < boxes.size(); number++) {
        for (String serial : DemoBoxes.serials(boxes, number)) {
          if (!known.contains(serial)) {
            send("POST", "meters", DemoBoxes.json(boxes, number, serial), token);
          }
        }
      }
    }
  }

  private Set<String> known() throws SQLException {
    return Set.copyOf(database.texts("select serial_number from meter"));
  }

  /** Certificates and passwords of simulated gateways are new with each start. */
  void connect(G13Simulator simulated, String account)
      throws SQLException, IOException, InterruptedException {
    var known = known();
    try (ApiToken token = ApiToken.issued(database, account)) {
      for (int number = 0; number < simulated.size(); number++) {
        String gateway = "gateways/" + gateway(DemoGateways.name(number), token);
        String address = simulated.uri(number).toString();
        send("PUT", gateway + "/access", access(address, certificate(address, token)), token);
        String missing =
            simulated.gateway(number).settings().meters().stream()
                .map(meter -> meter.serial())
                .filter(serial -> !known.contains(serial))
                .collect(joining("\",\""));
        if (!missing.isEmpty()) {
          send("POST", gateway + "/meters", "{\"serialNumbers\":[\"" + missing + "\"]}", token);
        }
      }
    }
  }

  private String gateway(String name, ApiToken token)
      throws SQLException, IOException, InterruptedException {
    String which = "select id from gateway where name = '" + name + "'";
    if (database.texts(which).isEmpty()) {
      send(
          "POST",
          "gateways",
          "{\"name\":\"" + name + "\",\"network\":\"Standard\",\"mostSessions\":1}",
          token);
    }
    return database.texts(which).get(0);
  }

  private String certificate(String address, ApiToken token)
      throws IOException, InterruptedException {
    String shown = send("POST", "gateways/certificate", "{\"address\":\"" + address + "\"}", token);
    var fingerprint = FINGERPRINT.matcher(shown);
    if (!fingerprint.find()) {
      throw new IllegalStateException("No fingerprint: " + shown);
    }
    return fingerprint.group(1);
  }

  private static String access(String address, String certificate) {
    return """
    {"model": "%s", "address": "%s", "userName": "%s", "password": "%s", "newPassword": "%s",
     "certificate": "%s", "timeZone": "Europe/Zurich"}
    """
        .formatted(
            DemoGateways.MODEL,
            address,
            DemoGateways.ACCOUNT,
            DemoGateways.FACTORY_PASSWORD,
            DemoGateways.PASSWORD,
            certificate);
  }

  private String send(
      String method, String path, String json, ApiToken token, String... moreHeaders)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(api.resolve(path))
            .header("Authorization", token.header())
            .header("Content-Type", "application/json");
    if (moreHeaders.length > 0) {
      request.headers(moreHeaders);
    }
    HttpResponse<String> answer =
        http.send(
            request.method(method, BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          "The API answers " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }
}
