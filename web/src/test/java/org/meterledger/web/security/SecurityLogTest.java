package org.meterledger.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.web.security.SecurityLog.Event;

class SecurityLogTest {

  @Test
  void namesWhatIsKnown() {
    assertThat(SecurityLog.line(Event.DENIED, "vera", "10.0.0.7", "c-1", "GET", "/users.xhtml"))
        .isEqualTo(
            "event=DENIED account=\"vera\" address=\"10.0.0.7\" correlation=\"c-1\""
                + " method=\"GET\" path=\"/users.xhtml\"");
    assertThat(SecurityLog.line(Event.SIGN_IN_FAILED, null, "::1", null, "POST", "/login.xhtml"))
        .isEqualTo("event=SIGN_IN_FAILED address=\"::1\" method=\"POST\" path=\"/login.xhtml\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nevent=SIGN_IN account=\"admin\"",
        "\u001b[2J\u001b[31mred",
        "\u009b31m",
        "\u202egnp.exe",
        "\u2028line",
        "\" account=\"admin",
        "back\\\" slash",
        "\u0000",
        "\ud83d\ude00"
      })
  void nothingInAValueEndsIt(String value) {
    String line = SecurityLog.line(Event.DENIED, value, "::1", "c", "GET", value);

    assertThat(line).matches("[ -~]*");
    assertThat(line.replaceAll("\\\\.", "").split("\"", -1)).hasSize(11);
  }
}
