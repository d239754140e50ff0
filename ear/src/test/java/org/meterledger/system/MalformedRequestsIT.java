package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.HardeningIT.INSIDES;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are none, or too much of one, byte by byte. */
@ExtendWith(PortalExtension.class)
class MalformedRequestsIT {

  private final Portal portal;

  MalformedRequestsIT(Portal portal) {
    this.portal = portal;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz HTTP/1.1\r\nHost: x\r\n",
        "GET /a%c0%af HTTP/1.1\r\nHost: x\r\n",
        "GET /?a=%zz HTTP/1.1\r\nHost: x\r\n",
        "GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: x\r\n",
        "GET /login.xhtml HTTP/1.1\r\n",
        "FOO /login.xhtml HTTP/1.1\r\nHost: x\r\n",
        "TRACE / HTTP/1.1\r\nHost: x\r\n",
        "GET / HTTP/9.9\r\nHost: x\r\n",
        "GET /login.xhtml HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n",
        "GET /login.xhtml HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n",
        "GET /login.xhtml HTTP/1.1\r\nHost: x\r\nCookie: meterledger=\"\\\r\n"
      })
  void aMalformedRequestIsAnsweredWithoutTheInside(String head) throws Exception {
    String answer = raw(head + "Connection: close\r\n\r\n");

    assertThat(HardeningIT.told(answer)).doesNotContainPattern(INSIDES).doesNotContain("root:");
    assertThat(answer).matches("(?s)|HTTP/1\\.[01] (?:200|302|4\\d\\d|505) .*");
  }

  @Test
  void aHeadOfARequestIsBounded() throws Exception {
    for (String head :
        List.of(
            "GET /login.xhtml?" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n",
            "GET /login.xhtml HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(20_000) + "\r\n",
            "GET /login.xhtml HTTP/1.1\r\nHost: x\r\n" + "X-Many: 1\r\n".repeat(100))) {
      assertThat(raw(head + "Connection: close\r\n\r\n"))
          .doesNotContain("HTTP/1.1 200")
          .doesNotContainPattern(INSIDES);
    }
    assertThat(raw("GET /login.xhtml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .contains("HTTP/1.1 200");
  }

  @Test
  void aBodyIsBounded() throws Exception {
    String token =
        portal
            .admin()
            .request("GET", "meters", null)
            .build()
            .headers()
            .firstValue("Authorization")
            .orElseThrow();
    for (String way : List.of("Content-Length: 30000000", "Transfer-Encoding: chunked")) {
      String answer =
          raw(
              "POST /api/v1/meters HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                  + "Content-Type: application/json\r\nAuthorization: "
                  + token
                  + "\r\n"
                  + way
                  + "\r\n\r\n"
                  + ("186A0\r\n" + "x".repeat(100_000) + "\r\n").repeat(way.startsWith("T") ? 2 : 0)
                  + (way.startsWith("T") ? "0\r\n\r\n" : ""));
      assertThat(answer)
          .as("refused, or cut off")
          .matches("(?s)|HTTP/1\\.1 4(00|13) .*")
          .doesNotContainPattern(INSIDES);
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket("127.0.0.1", portal.uri().getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** What comes back; empty where the connection was broken. */
  private String raw(String request) throws IOException {
    try (var socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }
}
