package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterledger.simulators.g13.G13Wired.PLATINUM;
import static org.meterledger.simulators.g13.G13Wired.of;
import static org.meterledger.simulators.g13.G13Wired.parse;

import jakarta.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest extends WiredTest {
  private static final String PROFILE = of(PLATINUM, "loadprofiles/1");
  private static final String FACTOR = of(PLATINUM, "energy/conversionfactor");

  private String right;

  @BeforeEach
  void askOnce() throws Exception {
    right = wired.get(PROFILE).body();
  }

  @Test
  void noAnswer() throws Exception {
    wired.gateway.inject(Fault.NO_ANSWER);
    try (Socket socket = wired.ask(PROFILE)) {
      socket.setSoTimeout(300);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void connectionReset() throws Exception {
    wired.gateway.inject(Fault.CONNECTION_RESET, 1);
    try (Socket socket = wired.ask(PROFILE)) {
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    assertThat(wired.get(PROFILE).body()).isEqualTo(right);
  }

  @Test
  void bodyCutEndsTheConnection() throws Exception {
    wired.gateway.inject(Fault.BODY_CUT, 1);
    assertThatThrownBy(() -> wired.get(PROFILE)).isInstanceOf(IOException.class);
    assertThat(wired.get(PROFILE).body()).isEqualTo(right);
  }

  @Test
  void truncatedBodyLooksCleanAndLastErrorTellsWhy() throws Exception {
    wired.gateway.inject(Fault.BODY_TRUNCATED, 1);
    HttpResponse<String> half = wired.get(PROFILE);
    assertThat(half.statusCode()).isEqualTo(200);
    assertThat(half.body()).hasSize(right.length() / 2);
    assertThat(right).startsWith(half.body());
    assertThatThrownBy(() -> parse(half.body())).isInstanceOf(JsonException.class);
    String link = half.headers().firstValue("Link").orElseThrow();
    assertThat(wired.json(link).toString())
        .isEqualTo("{\"status\":\"error\",\"des\":\"received invalid response from COSEM.\"}");
  }

  @Test
  void errorUnder200() throws Exception {
    wired.gateway.inject(Fault.ERROR_UNDER_200);
    wired.refused(200, "received invalid response from COSEM.", "GET", PROFILE, "");
  }

  @Test
  void internalError() throws Exception {
    wired.gateway.inject(Fault.INTERNAL_ERROR);
    wired.refused(500, "Inetrnal Server Error", "GET", PROFILE, "");
  }

  @Test
  void garbage() throws Exception {
    wired.gateway.inject(Fault.GARBAGE);
    HttpResponse<String> answer = wired.get(PROFILE);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> parse(answer.body())).isInstanceOf(JsonException.class);
  }

  @Test
  void unauthorizedInspiteOfTheKey() throws Exception {
    wired.gateway.inject(Fault.UNAUTHORIZED);
    HttpResponse<String> answer = wired.get(PROFILE);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("401 Unauthorized");
  }

  @Test
  void sessionRefused() throws Exception {
    wired.gateway.inject(Fault.SESSION_REFUSED, 1, "/login");
    assertThat(wired.get(PROFILE).body()).isEqualTo(right);
    HttpResponse<String> answer = wired.send("POST", "/login", "");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).hasSize(36);
    wired.posts("/login", "");
  }

  @Test
  void meterOfflineIsSeenOnMetersOnly() throws Exception {
    wired.gateway.inject(Fault.METER_OFFLINE, 2);
    wired.json("/about");
    wired.json("/meters");
    wired.silent(502, PROFILE);
    wired.silent(500, of(PLATINUM, "power"));
    assertThat(wired.get(PROFILE).body()).isEqualTo(right);
  }

  @Test
  void updateStopsInTheMiddle() throws Exception {
    wired.gateway.inject(Fault.PARTIAL_UPDATE, 1);
    wired.json(FACTOR);
    String update = "{\"conversionfactor\":{\"co2\":3,\"currency\":4}}";
    wired.refused(
        500, "received invalid response from COSEM. Aborted at currency", "POST", FACTOR, update);
    assertThat(wired.json(FACTOR).toString()).contains("\"3.000\"", "\"1.000\"");
    wired.posts(FACTOR, update);
    assertThat(wired.json(FACTOR).toString()).contains("\"3.000\"", "\"4.000\"");
  }

  @Test
  void updateOfOnePartDoesNothing() throws Exception {
    wired.gateway.inject(Fault.PARTIAL_UPDATE, 1);
    wired.refused(
        502, "received invalid response from COSEM.", "DELETE", of(PLATINUM, "loadprofiles"), "");
    assertThat(wired.get(PROFILE).body()).isEqualTo(right);
  }

  @Test
  void updateIsDoneThoughItsAnswerIsLost() throws Exception {
    wired.gateway.inject(Fault.BODY_CUT, 1);
    assertThatThrownBy(() -> wired.send("POST", FACTOR, "{\"conversionfactor\":{\"co2\":3}}"))
        .isInstanceOf(IOException.class);
    assertThat(wired.json(FACTOR).toString()).contains("\"3.000\"");
  }

  @Test
  void slowDripSendsAByteASecond() throws Exception {
    wired.gateway.inject(Fault.SLOW_DRIP);
    try (Socket socket = wired.ask("/about")) {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      byte[] first = in.readNBytes(6);
      assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("1\r\n{\r\n");
      socket.setSoTimeout(300);
      assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void latencyDelaysTheAnswer() throws Exception {
    wired.gateway.setLatency(Duration.ofMinutes(10));
    try (Socket socket = wired.ask("/about")) {
      socket.setSoTimeout(300);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
    wired.gateway.setLatency(Duration.ZERO);
    wired.json("/about");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"NO_ANSWER", "SLOW_DRIP", "CONNECTION_RESET", "PARTIAL_UPDATE"},
      mode = EnumSource.Mode.EXCLUDE)
  void faultPassesAndLeavesTheTruthAlone(Fault fault) throws Exception {
    List<LoadProfileItem> truth = wired.meter(PLATINUM).loadProfile(1);
    wired.gateway.inject(fault, 1, "/meters/");
    wired.json("/about");
    assertThat(bodyOrNull()).isNotEqualTo(right);
    assertThat(bodyOrNull()).isEqualTo(right);
    assertThat(wired.meter(PLATINUM).loadProfile(1)).isEqualTo(truth);
  }

  private String bodyOrNull() throws InterruptedException {
    try {
      return wired.get(PROFILE).body();
    } catch (IOException broken) {
      return null;
    }
  }

  @Test
  void faultsFollowOneAnotherAndCanBeCleared() throws Exception {
    wired.gateway.inject(Fault.INTERNAL_ERROR, 2);
    wired.gateway.inject(Fault.UNAUTHORIZED);
    assertThat(wired.get("/about").statusCode()).isEqualTo(500);
    assertThat(wired.get("/about").statusCode()).isEqualTo(500);
    assertThat(wired.get("/about").statusCode()).isEqualTo(401);
    assertThat(wired.get("/about").statusCode()).isEqualTo(401);
    wired.gateway.clearFaults();
    assertThat(wired.get("/about").statusCode()).isEqualTo(200);
  }

  @Test
  void disconnectedMeterIsSilentAndGoesOnCounting() throws Exception {
    int items = wired.meter(PLATINUM).loadProfile(1).size();
    wired.gateway.setConnected(PLATINUM, false);
    wired.silent(502, PROFILE);
    wired.pass(Duration.ofHours(1));
    wired.gateway.setConnected(PLATINUM, true);
    assertThat(wired.json(PROFILE).getJsonArray("items")).hasSize(items + 4);
    assertThat(wired.gateway.events())
        .extracting(GatewayEvent::id)
        .endsWith(GatewayEvent.METER_NOT_CONNECTED);
  }

  @Test
  void trafficIsCounted() throws Exception {
    long before = wired.gateway.traffic().requests();
    wired.json("/about");
    assertThat(wired.gateway.traffic().requests()).isEqualTo(before + 1);
    assertThat(wired.gateway.traffic().requestedPaths()).endsWith("/about");
    assertThat(wired.gateway.traffic().maxConcurrentRequests()).isEqualTo(1);
  }
}
