package org.meterledger.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {

  @ParameterizedTest
  @ValueSource(strings = {"/", "/meters/list.xhtml?search=a&x=/y", "/meter/now.xhtml#top"})
  void leadsBackWithinTheSite(String wanted) {
    assertThat(Paths.back(wanted)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "/\t/evil.example/",
        "/a\r\nSet-Cookie: x",
        "javascript:alert(1)"
      })
  void leadsNowhereElse(String wanted) {
    assertThat(Paths.back(wanted)).isEqualTo("/");
  }
}
