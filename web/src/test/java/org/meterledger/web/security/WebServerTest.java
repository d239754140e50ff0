package org.meterledger.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {

  @Test
  void onlyWhatTheLastProxyWroteIsBelieved() {
    var headers = new HeaderMap();
    assertThat(WebServer.last(headers.get(Headers.X_FORWARDED_FOR))).isNull();
    headers.add(Headers.X_FORWARDED_FOR, "1.2.3.4, 10.0.0.7");
    assertThat(WebServer.last(headers.get(Headers.X_FORWARDED_FOR))).isEqualTo("10.0.0.7");
    headers.add(Headers.X_FORWARDED_FOR, "10.0.0.8");
    assertThat(WebServer.last(headers.get(Headers.X_FORWARDED_FOR))).isEqualTo("10.0.0.8");
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.7, 10.0.0.7", "2001:db8::1, 2001:db8:0:0:0:0:0:1", "[::1], 0:0:0:0:0:0:0:1"})
  void literalAddressesAreRead(String text, String address) {
    assertThat(WebServer.address(text).getHostAddress()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "unknown", "localhost", "evil.example", "10.0.0", "10.0.0.7:80", "_x"})
  void nothingElseIsAnAddress(String text) {
    assertThat(WebServer.address(text)).isNull();
  }

  @Test
  void aKeystoreMeansHttpsOnly() {
    assertThat(HttpSettings.of(Map.of()).httpsOnly()).isFalse();
    assertThat(HttpSettings.of(Map.of("METERLEDGER_TLS_KEYSTORE", "/x")).httpsOnly()).isTrue();
    var off = Map.of("METERLEDGER_TLS_KEYSTORE", "/x", "METERLEDGER_HTTPS_ONLY", "false");
    assertThat(HttpSettings.of(off).httpsOnly()).isFalse();
  }

  @Test
  void theSameSiteByHttps() {
    var direct = HttpSettings.of(Map.of("METERLEDGER_HTTPS_PORT", "9443"));
    assertThat(direct.https("portal.example:8080")).isEqualTo("https://portal.example:9443");
    assertThat(direct.https("[::1]:8080")).isEqualTo("https://[::1]:9443");
    var proxy = HttpSettings.of(Map.of("METERLEDGER_BEHIND_PROXY", "true"));
    assertThat(proxy.https("portal.example")).isEqualTo("https://portal.example");
  }
}
