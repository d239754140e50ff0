package org.meterledger.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

  /** Of RFC 6238, appendix B. */
  private static final Totp OF_THE_RFC =
      new Totp(new Base32().encodeAsString("12345678901234567890".getBytes()));

  /** The last six of the eight digits that the appendix prints. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void agreesWithTheRfc(long second, String code) {
    assertThat(OF_THE_RFC.code(Instant.ofEpochSecond(second))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"-31, false", "-30, true", "0, true", "30, true", "59, true", "60, false"})
  void aClockMayBeOneStepOff(long seconds, boolean right) {
    var now = Instant.ofEpochSecond(1_234_567_890);
    var totp = Totp.random();

    assertThat(totp.step(totp.code(now.plusSeconds(seconds)), now).isPresent()).isEqualTo(right);
  }

  @Test
  void tellsAnAppAllThatItNeeds() {
    var totp = new Totp("GEZDGNBVGY3TQOJQ");

    assertThat(totp.uri("a+b müller"))
        .isEqualTo(
            "otpauth://totp/Meterledger:a%2Bb%20m%C3%BCller"
                + "?secret=GEZDGNBVGY3TQOJQ&issuer=Meterledger");
    assertThat(totp.toString()).doesNotContain("GEZ");
    assertThat(Totp.random()).isNotEqualTo(Totp.random());
  }
}
