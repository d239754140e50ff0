package org.meterledger.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class QrCodeTest {

  private static final String PREFIX = "data:image/svg+xml;base64,";

  private static String svg(String text) {
    String image = QrCode.image(text);
    assertThat(image).startsWith(PREFIX);
    byte[] decoded = Base64.getDecoder().decode(image.substring(PREFIX.length()));
    return new String(decoded, StandardCharsets.UTF_8);
  }

  /** Version 1 has 21 modules a side; each corner but one begins dark, after 4 of white. */
  @Test
  void standsInItsQuietZone() {
    assertThat(svg("8675309"))
        .contains("viewBox=\"0 0 29 29\"", "M4,4h", "M24,4h", "M4,24h")
        .doesNotContain("M3,", "M25,");
  }

  @Test
  void anotherTextIsAnotherPicture() {
    assertThat(svg("a")).isNotEqualTo(svg("b"));
  }
}
