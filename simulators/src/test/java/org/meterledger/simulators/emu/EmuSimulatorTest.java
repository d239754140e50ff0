package org.meterledger.simulators.emu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.simulators.SettableClock;

class EmuSimulatorTest {
  private static final Instant NOW = Wired.START.plus(Duration.ofDays(1));
  private static final int MANY = 1000;

  @Test
  void aThousandMetersAnswerAtOnce() {
    List<EmuMeter.Settings> fleet = EmuFleet.fresh(MANY, 1, 1, NOW);
    try (EmuSimulator simulator = EmuSimulator.start(fleet, 0, new SettableClock(NOW))) {
      for (int number = 0; number < MANY; number++) {
        simulator.meter(number).setLatency(Duration.ofMillis(200));
      }
      HttpClient client = HttpClient.newHttpClient();
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int number = 0; number < MANY; number++) {
        answers.add(
            client.sendAsync(
                HttpRequest.newBuilder(simulator.uri(number).resolve("/status.json")).build(),
                HttpResponse.BodyHandlers.ofString()));
      }
      for (int number = 0; number < MANY; number++) {
        String serial = simulator.meter(number).settings().serialNumber();
        assertThat(answers.get(number).join().body()).contains('"' + serial + '"');
      }
    }
  }

  @Test
  void latencyDelaysTheAnswer() throws Exception {
    try (Wired wired = Wired.household(1)) {
      wired.get("/status.json");
      wired.meter.setLatency(Duration.ofMillis(250));
      long begin = System.nanoTime();
      wired.get("/status.json");
      assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(240).toNanos());
    }
  }

  @Test
  @Timeout(30)
  void requestsAndConnectionsAreCounted() throws Exception {
    try (Wired wired = Wired.household(1)) {
      wired.get("/status.json");
      wired.get("/data/?last=1");
      assertThat(wired.meter.requests()).isEqualTo(2);
      assertThat(wired.meter.requestedPaths()).containsExactly("/status.json", "/data/?last=1");
      assertThat(wired.meter.maxConcurrentRequests()).isEqualTo(1);

      wired.meter.inject(Fault.NO_ANSWER, 2);
      try (Socket first = wired.ask("/");
          Socket second = wired.ask("/")) {
        assertThat(first.isConnected() && second.isConnected()).isTrue();
        while (wired.meter.requests() < 4) {
          Thread.onSpinWait();
        }
        assertThat(wired.meter.maxConcurrentRequests()).isEqualTo(2);
        assertThat(wired.meter.maxConnectionsOpen()).isGreaterThanOrEqualTo(2);
      }
      while (wired.meter.connectionsOpen() > 1) { // the client of get() keeps one
        Thread.onSpinWait();
      }
      wired.get("/status.json");
      assertThat(wired.meter.maxConcurrentRequests()).isEqualTo(2);
    }
  }

  @Test
  void portInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<EmuMeter.Settings> one = EmuFleet.fresh(1, 1, 1, NOW);
      assertThatThrownBy(() -> EmuSimulator.start(one, taken.getLocalPort()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("Port " + taken.getLocalPort() + " of 127.0.0.1");
    }
  }

  @Test
  void closedSimulatorListensNoMore() {
    Wired wired = Wired.household(1);
    int port = wired.port();
    wired.close();
    assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void commandLinePrintsTheTruth() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status = run(out, "--truth", "--meters", "2", "--days", "1");

    assertThat(status).isZero();
    assertThat(out.toString().lines().filter(line -> line.startsWith("timestamp,"))).hasSize(2);
    assertThat(out.toString().lines().count()).isGreaterThanOrEqualTo(2 * 97);
  }

  @Test
  void commandLineRefusesWhatItDoesNotKnow() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(run(out, "--metres", "2")).isEqualTo(2);
    assertThat(run(out, "--meters", "many")).isEqualTo(2);
    assertThat(run(out, "--port", "65536")).isEqualTo(2);
    assertThat(out.toString())
        .contains("Unknown option --metres", "--meters wants a number", "0 to 65535: 65536");
  }

  @Test
  void commandLineNamesThePortInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      String port = Integer.toString(taken.getLocalPort());
      assertThat(run(out, "--meters", "1", "--port", port)).isEqualTo(1);
      assertThat(out.toString()).contains("Port " + port);
    }
  }

  private static int run(ByteArrayOutputStream out, String... arguments) throws IOException {
    PrintStream stream = new PrintStream(out, true);
    return CommandLine.run(arguments, stream, stream);
  }
}
