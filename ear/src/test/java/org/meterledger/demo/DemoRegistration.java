package org.meterledger.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.Set;
import org.meterledger.simulators.emu.EmuSimulator;
import org.meterledger.system.ApiToken;
import org.meterledger.system.Database;

/** Adds the simulated meters to the portal by its API, as anybody's program would. */
final class DemoRegistration {

  private final Database database;
  private final URI meters;
  private final HttpClient http = HttpClient.newHttpClient();

  DemoRegistration(Database database, URI server) {
    this.database = database;
    this.meters = server.resolve("api/v1/meters");
  }

  /** Those that were ever there stay as they are, for a person may have changed or removed them. */
  void addMissing(EmuSimulator simulated, String account)
      throws SQLException, IOException, InterruptedException {
    Set<String> known = Set.copyOf(database.texts("select serial_number from meter"));
    try (ApiToken token = ApiToken.issued(database, account)) {
      for (int number = 0; number < simulated.size(); number++) {
        if (!known.contains(simulated.meter(number).settings().serialNumber())) {
          add(DemoMeters.json(simulated, number), token);
        }
      }
    }
  }

  private void add(String meter, ApiToken token) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(meters)
                .header("Authorization", token.header())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(meter))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IllegalStateException(
          "The API answers " + answer.statusCode() + ": " + answer.body());
    }
  }
}
