package org.meterledger.simulators.emu;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.meterledger.simulators.SettableClock;

/**
 * One running meter that lives by a clock of the test, and a client without any knowledge of it.
 */
final class Wired implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-28T00:00:00Z");
  static final String SERIAL = "22350001";

  final SettableClock clock;
  final EmuMeter meter;
  private final EmuSimulator simulator;
  private final HttpClient client = HttpClient.newHttpClient();

  Wired(EmuMeter.Settings settings, Instant now) {
    clock = new SettableClock(now);
    simulator = EmuSimulator.start(List.of(settings), 0, clock);
    meter = simulator.meter(0);
  }

  /** A household that has recorded {@code rows} quarter hours since {@link #START}. */
  static Wired household(int rows) {
    return new Wired(settings().build(), START.plus(15L * rows, ChronoUnit.MINUTES));
  }

  static SettingsBuilder settings() {
    return EmuMeter.Settings.builder(SERIAL, START);
  }

  int port() {
    return simulator.port(0);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(simulator.uri(0).resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }

  HttpResponse<String> get(String path, String authorization)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(simulator.uri(0).resolve(path))
            .header("Authorization", authorization)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The rows of a CSV answer in the semicolon dialect, each cut into its columns. */
  List<List<String>> rows(String path) throws IOException, InterruptedException {
    return get(path).body().lines().map(line -> List.of(line.split(";", -1))).toList();
  }

  /** The indices (column 2) of a load-profile answer. */
  List<Integer> indices(String path) throws IOException, InterruptedException {
    return rows(path).stream().map(row -> Integer.valueOf(row.get(1))).toList();
  }

  /** A bare connection over which a GET has been sent. */
  Socket ask(String path) throws IOException {
    Socket socket = new Socket("127.0.0.1", port());
    String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Override
  public void close() {
    simulator.close();
  }
}
