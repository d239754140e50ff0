package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.simulators.g13.G13Wired.PLATINUM;
import static org.meterledger.simulators.g13.G13Wired.of;

import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, the gateway answers with a status of 40x and goes on. */
class NaughtyInputTest extends WiredTest {
  @AfterEach
  void goesOn() throws Exception {
    wired.json("/about");
  }

  static List<String> updates() {
    return List.of(
        "POST /configuration/ip",
        "POST /configuration/eqbus",
        "POST /configuration/mbus_wired",
        "POST /configuration/mbus_ir",
        "POST /gateway",
        "POST /gateway/datetime",
        "POST /gateway/execute",
        "POST /users/admin",
        "PUT /users",
        "PUT /users/admin/bindings",
        "DELETE /users/admin/bindings",
        "PUT /meters/firmware",
        "PUT /meters",
        "POST /meters/" + PLATINUM,
        "POST /meters/scanned/1",
        "DELETE /meters/scanned",
        "PUT /permittedmeters",
        "DELETE /permittedmeters",
        "POST " + of(PLATINUM, "datetime"),
        "POST " + of("ABB00000102", "transformersettings"),
        "POST " + of(PLATINUM, "alarms/configuration"),
        "POST " + of(PLATINUM, "energy/conversionfactor"),
        "POST " + of(PLATINUM, "energy/resettable"),
        "POST " + of(PLATINUM, "io"),
        "POST " + of(PLATINUM, "io/configuration"),
        "POST " + of(PLATINUM, "io/pulse"),
        "POST " + of(PLATINUM, "previousvalues/configuration"),
        "POST " + of(PLATINUM, "loadprofiles/configuration"),
        "POST " + of(PLATINUM, "demand/configuration"),
        "POST " + of(PLATINUM, "tariff/dayprofiles"),
        "POST " + of(PLATINUM, "tariff/weekprofiles"),
        "POST " + of(PLATINUM, "tariff/seasonprofiles"),
        "POST " + of(PLATINUM, "tariff/specialdayprofiles"));
  }

  @ParameterizedTest
  @MethodSource("updates")
  void payloadIsNoObjectOrHasNothingRight(String update) throws Exception {
    String[] parts = update.split(" ");
    for (String body :
        List.of(
            "{",
            "[]",
            "7",
            "null",
            "\"text\"",
            "{\"a\":1}x",
            "{'a':1}",
            "{\"a\":1e999999999}",
            "[".repeat(400),
            "{\"a\":".repeat(90),
            "\u0000",
            "{\"nothing\":true}",
            "{\"name\":7,\"key\":[],\"serial\":{},\"ip\":1,\"meters\":3,\"datetime\":12,\"dmc\":{},"
                + "\"lpconfig\":\"\",\"pvconfig\":7,\"ioconfig\":{},\"pulse\":9,\"iostatus\":1,"
                + "\"alarmconfig\":[],\"scanned\":1,\"eqbus\":[],\"ack\":\"a\",\"ctnum\":1.5,"
                + "\"interval\":0,\"actions\":1,\"profile\":1,\"weekprofiles\":1,"
                + "\"seasonprofiles\":1,\"specialdayprofiles\":1,\"resettableenergy\":1}")) {
      HttpResponse<String> answer = wired.send(parts[0], parts[1], body);
      assertThat(answer.statusCode()).as("%s %s: %s", update, body, answer.body()).isEqualTo(400);
      assertThat(answer.body()).startsWith("{\"status\":\"error\",\"des\":\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/,404",
    "GET,/about/,404",
    "GET,/About,404",
    "GET,/meters/NIX/power,404",
    "GET,/meters//power,404",
    "GET,/meters/%2e%2e/power,404",
    "GET,/meters/%ff/power,404",
    "GET,/users/nobody/bindings,404",
    "GET,/lasterror/-1,400",
    "GET,/lasterror/99999999999999999999,400",
    "POST,/about,404",
    "PUT,/gateway,404",
    "DELETE,/meters,404",
    "PATCH,/about,404",
    "POST,/meters/scanned/x,400"
  })
  void pathsThatAreNone(String verb, String path, int status) throws Exception {
    HttpResponse<String> answer = wired.send(verb, path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Basic", "Basic ", "Basic !!!", "Basic YWRtaW4=", "Bearer YWRtaW46YWRtaW4="})
  void authorizationThatIsNone(String header) throws Exception {
    try (Socket socket =
        G13Wired.trustingAll().getSocketFactory().createSocket("127.0.0.1", wired.port())) {
      String request = "GET /about HTTP/1.1\r\nHost: x\r\nAuthorization: " + header + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] status = socket.getInputStream().readNBytes(12);
      assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401");
    }
  }

  @ParameterizedTest
  @MethodSource("updates")
  void payloadIsWanted(String update) throws Exception {
    String[] parts = update.split(" ");
    if (!update.equals("DELETE /meters/scanned")) {
      wired.refused(400, "JSON parse error", parts[0], parts[1], "");
    }
  }

  @Test
  void formsAreNotAllowed() throws Exception {
    HttpRequest form =
        wired
            .request("/gateway/datetime")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("datetime=2026-03-27T13:00:00"))
            .build();
    assertThat(wired.send(form).statusCode()).isEqualTo(400);
  }

  @Test
  void typeMayBeMissingOrNameAnAlphabet() throws Exception {
    HttpRequest.BodyPublisher body =
        HttpRequest.BodyPublishers.ofString("{\"datetime\":\"2026-03-27T13:00:00\"}");
    assertThat(wired.send(wired.request("/gateway/datetime").POST(body).build()).statusCode())
        .isEqualTo(200);
    HttpRequest named =
        wired
            .request("/gateway/datetime")
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(body)
            .build();
    assertThat(wired.send(named).statusCode()).isEqualTo(200);
  }

  @Test
  void getHasNoPayload() throws Exception {
    wired.invalid("GET", "/about", "{}");
  }

  @Test
  void largePayloadIsNotRead() throws Exception {
    String large = "{\"a\":\"" + "x".repeat(100_000) + "\"}";
    wired.refused(400, "JSON parse error", "POST", "/gateway", large);
  }

  @Test
  void bytesThatAreNoHttp() throws Exception {
    try (Socket socket =
        G13Wired.trustingAll().getSocketFactory().createSocket("127.0.0.1", wired.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 4");
    }
  }

  @Test
  void bytesThatAreNoTls() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", wired.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.US_ASCII)).doesNotContain("HTTP");
    }
  }
}
