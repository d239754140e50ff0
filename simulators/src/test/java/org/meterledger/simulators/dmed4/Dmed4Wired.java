package org.meterledger.simulators.dmed4;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import org.meterledger.simulators.SettableClock;

/** One running meter that lives by a clock of the test, and clients without any knowledge of it. */
final class Dmed4Wired implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-28T10:00:00Z");
  static final long SERIAL = 41_700_001;
  static final int NODE = 8;
  static final String INPUT =
      "{\"FV\":\"1.0\",\"GI\":\"Station\",\"GS\":\"S1\",\"GV\":\"2.3\",\"IS\":true,"
          + "\"IF\":[\"RFID_PLAIN\"],\"IT\":\"ISO14443\",\"ID\":\"1F2D3A4F5506C7\",\"TT\":\"0.21\","
          + "\"RD\":[]}";

  final SettableClock clock = new SettableClock(START);
  final Dmed4Meter meter;
  final Dmed4Simulator simulator;
  private final HttpClient client = HttpClient.newHttpClient();

  Dmed4Wired(Dmed4Settings settings) {
    meter = new Dmed4Meter(settings, clock);
    simulator = Dmed4Simulator.startDevices(List.of(meter), 0);
  }

  Dmed4Wired() {
    this(settings());
  }

  static Dmed4Settings settings() {
    return Dmed4Settings.of(SERIAL, Dmed4Model.DMED404R0600, NODE, START);
  }

  ModbusPeer modbus(Transport transport) throws IOException {
    return new ModbusPeer(simulator.port(0, transport), transport);
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(client, simulator.uri(0), method, path, body);
  }

  static HttpResponse<String> send(
      HttpClient client, java.net.URI base, String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(base.resolve(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  int status(String method, String path, String body) throws IOException, InterruptedException {
    return send(method, path, body).statusCode();
  }

  int put(String path) throws IOException, InterruptedException {
    return status("PUT", path, "");
  }

  JsonObject get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", path, "");
    if (answer.statusCode() != 200) {
      throw new IOException(path + " answered " + answer.statusCode());
    }
    return Json.createReader(new StringReader(answer.body())).readObject();
  }

  /** Synchronizes, gives the input and begins a charge, all over REST. */
  void begin() throws IOException, InterruptedException {
    prepare();
    command("B");
  }

  void prepare() throws IOException, InterruptedException {
    demand(put("/v1/charge_settings?datetime=" + clock.instant().getEpochSecond()));
    demand(status("POST", "/v1/ocmf", INPUT));
  }

  /** Gives a command and looks until its record is signed. */
  void command(String letter) throws IOException, InterruptedException {
    demand(put("/v1/charge_settings?command=" + letter));
    get("/v1/charge_status");
  }

  private static void demand(int status) throws IOException {
    if (status != 200) {
      throw new IOException("Answered " + status);
    }
  }

  String output() throws IOException, InterruptedException {
    return get("/v1/ocmf").getString("OCMF_BUFF");
  }

  @Override
  public void close() {
    simulator.close();
  }
}
