package org.meterledger.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.server.InvalidInput;

class SigningSecretTest {

  /** The example that the libraries of Standard Webhooks test themselves with. */
  @Test
  void signsAsTheSpecificationDoes() {
    var secret = SigningSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330L, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aNewSecretHas256BitsAndIsAnotherEachTime() {
    String secret = SigningSecret.random().text();
    assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length()))).hasSize(32);
    assertThat(SigningSecret.random().text()).isNotEqualTo(secret);
    assertThat(SigningSecret.of(secret.substring("whsec_".length())).text()).isEqualTo(secret);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "secret", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa==", "ä"})
  void whatIsTooShortOrNoBase64IsNoSecret(String text) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> SigningSecret.of(text))
        .satisfies(refused -> assertThat(refused.field()).isEqualTo("secret"))
        .withMessageNotContaining("MfKQ");
  }
}
