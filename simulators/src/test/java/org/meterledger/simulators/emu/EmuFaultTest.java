package org.meterledger.simulators.emu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmuFaultTest {
  private static final String PAGE = "/data/?from=1&to=40";

  private Wired wired;
  private String right;

  @BeforeEach
  void start() throws Exception {
    wired = Wired.household(40);
    right = wired.get(PAGE).body();
  }

  @AfterEach
  void stop() {
    wired.close();
  }

  @Test
  void noAnswer() throws Exception {
    wired.meter.inject(Fault.NO_ANSWER);
    try (Socket socket = wired.ask(PAGE)) {
      socket.setSoTimeout(300);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void connectionReset() throws Exception {
    // The client of the JDK repeats a GET by itself when no byte came back, so it would not show.
    wired.meter.inject(Fault.CONNECTION_RESET, 1);
    try (Socket socket = wired.ask(PAGE)) {
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    assertThat(wired.get(PAGE).body()).isEqualTo(right);
  }

  @Test
  void bodyCutBreaksItsPromise() {
    wired.meter.inject(Fault.BODY_CUT);
    assertThatThrownBy(() -> wired.get(PAGE)).isInstanceOf(IOException.class);
  }

  @Test
  void bodyCutUnannouncedLooksCleanButEndsInARow() throws Exception {
    wired.meter.inject(Fault.BODY_CUT_UNANNOUNCED);
    String half = wired.get(PAGE).body();

    assertThat(right).startsWith(half);
    assertThat(half.length()).isBetween(right.length() / 3, right.length() * 2 / 3);
    assertThat(half).doesNotEndWith("\n");
    assertThat(right.charAt(half.length())).isNotEqualTo('\n');
  }

  @Test
  void bodyCutBeforeLastDigitHasAllColumns() throws Exception {
    wired.meter.inject(Fault.BODY_CUT_BEFORE_LAST_DIGIT);
    String half = wired.get(PAGE).body();

    assertThat(right).startsWith(half);
    assertThat(right.charAt(half.length() + 1)).isEqualTo('\n');
    String cut = half.substring(half.lastIndexOf('\n') + 1);
    assertThat(cut.split(";")).hasSize(28).endsWith("50");
  }

  @Test
  void garbage() throws Exception {
    wired.meter.inject(Fault.GARBAGE);
    var answer = wired.get(PAGE);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().chars().filter(octet -> octet > 127).count()).isGreaterThan(1000);
  }

  @Test
  void serverError() throws Exception {
    wired.meter.inject(Fault.HTTP_500);
    assertThat(wired.get(PAGE).statusCode()).isEqualTo(500);
  }

  @Test
  void slowDripSendsAByteASecond() throws Exception {
    wired.meter.inject(Fault.SLOW_DRIP);
    try (Socket socket = wired.ask(PAGE)) {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      assertThat(head.toString().toLowerCase()).contains("content-length: " + right.length());
      byte[] drops = new byte[1];
      drops[0] = (byte) in.read();
      long first = System.nanoTime();
      assertThat(new String(drops, StandardCharsets.US_ASCII)).isEqualTo(right.substring(0, 1));
      assertThat(in.read()).isEqualTo(right.charAt(1));
      assertThat(System.nanoTime() - first).isGreaterThan(Duration.ofMillis(700).toNanos());
    }
  }

  @Test
  void redirect() throws Exception {
    wired.meter.inject(Fault.REDIRECT);
    var answer = wired.get(PAGE);
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue("http://192.0.2.1/");
  }

  @Test
  void pageOfSomethingElse() throws Exception {
    wired.meter.inject(Fault.HTML_PAGE);
    var answer = wired.get("/status.json");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(answer.body()).doesNotContain("EMU", "22350001");
  }

  @Test
  void futureRow() throws Exception {
    List<String> spoilt = spoiltRow(Fault.FUTURE_ROW);
    assertThat(Instant.parse(spoilt.get(0))).isAfter(Instant.parse("2056-01-01T00:00:00Z"));
  }

  @Test
  void shortRow() throws Exception {
    assertThat(spoiltRow(Fault.SHORT_ROW)).hasSize(20);
  }

  @Test
  void outOfRangeRow() throws Exception {
    String voltage = spoiltRow(Fault.OUT_OF_RANGE_ROW).get(21);
    assertThatThrownBy(() -> Long.parseLong(voltage)).isInstanceOf(NumberFormatException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"NO_ANSWER", "SLOW_DRIP", "CONNECTION_RESET"},
      mode = EnumSource.Mode.EXCLUDE)
  void faultPassesAndLeavesTheTruthAlone(Fault fault) throws Exception {
    List<LoadProfileRow> truth = wired.meter.truth();
    wired.meter.inject(fault, 1, "/data/");

    assertThat(wired.get("/status.json").body()).contains("\"meterserial\": \"22350001\"");
    assertThat(bodyOrNull()).isNotEqualTo(right);
    assertThat(bodyOrNull()).isEqualTo(right);
    assertThat(wired.meter.truth()).isEqualTo(truth);
  }

  @Test
  void faultsFollowOneAnotherAndCanBeCleared() throws Exception {
    wired.meter.inject(Fault.HTTP_500, 2);
    wired.meter.inject(Fault.REDIRECT);

    assertThat(wired.get(PAGE).statusCode()).isEqualTo(500);
    assertThat(wired.get(PAGE).statusCode()).isEqualTo(500);
    assertThat(wired.get(PAGE).statusCode()).isEqualTo(302);
    assertThat(wired.get(PAGE).statusCode()).isEqualTo(302);
    wired.meter.clearFaults();
    assertThat(wired.get(PAGE).statusCode()).isEqualTo(200);
  }

  /** The one row that differs from the right answer. */
  private List<String> spoiltRow(Fault fault) throws Exception {
    wired.meter.inject(fault);
    List<String> lines = wired.get(PAGE).body().lines().toList();
    assertThat(lines).hasSize(40);
    List<String> spoilt =
        lines.stream().filter(line -> right.lines().noneMatch(line::equals)).toList();
    assertThat(spoilt).hasSize(1);
    return List.of(spoilt.get(0).split(";"));
  }

  private String bodyOrNull() throws InterruptedException {
    try {
      return wired.get(PAGE).body();
    } catch (IOException broken) {
      return null;
    }
  }
}
