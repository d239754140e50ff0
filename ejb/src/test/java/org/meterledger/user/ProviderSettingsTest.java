package org.meterledger.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment may say of the identity provider. */
class ProviderSettingsTest {

  private static Map<String, String> environment(String... pairs) {
    var environment = new LinkedHashMap<String, String>();
    environment.put("METERLEDGER_OIDC_ISSUER", "https://login.example/realms/town");
    environment.put("METERLEDGER_OIDC_CLIENT_ID", "portal");
    environment.put("METERLEDGER_PUBLIC_URL", "https://portal.example");
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return environment;
  }

  @Test
  void withoutAnIssuerThereIsNone() {
    assertThat(ProviderSettings.of(Map.of())).isEmpty();
    assertThat(ProviderSettings.of(Map.of("METERLEDGER_OIDC_ISSUER", " "))).isEmpty();
  }

  @Test
  void whatIsNotSaidIsAsMostProvidersHaveIt() {
    var settings = ProviderSettings.of(environment()).orElseThrow();
    assertThat(settings.name()).isEqualTo("login.example");
    assertThat(settings.claim()).isEqualTo("groups");
    assertThat(settings.scopes()).containsExactly("openid", "profile", "email");
    assertThat(settings.clientSecret()).isNull();
    assertThat(settings.callback()).hasToString("https://portal.example/oidc/callback");
  }

  @Test
  void theSecretMayLieInAFileAndIsNeverPrinted(@TempDir Path directory) throws Exception {
    var file = Files.writeString(directory.resolve("secret"), "top secret\n");
    var settings =
        ProviderSettings.of(environment("METERLEDGER_OIDC_CLIENT_SECRET_FILE", file.toString()))
            .orElseThrow();
    assertThat(settings.clientSecret()).isEqualTo("top secret");
    assertThat(settings.toString()).doesNotContain("top secret");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ProviderSettings.of(
                    environment(
                        "METERLEDGER_OIDC_CLIENT_SECRET_FILE",
                        file.toString(),
                        "METERLEDGER_OIDC_CLIENT_SECRET",
                        "other")))
        .withMessageContaining("Only one of");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ProviderSettings.of(
                    environment(
                        "METERLEDGER_OIDC_CLIENT_SECRET_FILE",
                        directory.resolve("none").toString())))
        .withMessageContaining("cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8081/realm", "http://localhost", "http://[::1]:8"})
  void onTheSameMachineNothingGoesOverAWire(String issuer) {
    assertThat(ProviderSettings.of(environment("METERLEDGER_OIDC_ISSUER", issuer))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "METERLEDGER_OIDC_ISSUER, http://login.example, https://",
    "METERLEDGER_OIDC_ISSUER, login.example, https://",
    "METERLEDGER_OIDC_ISSUER, https://u:p@login.example, more than an address",
    "METERLEDGER_OIDC_ISSUER, https://login.example?a=b, more than an address",
    "METERLEDGER_OIDC_ISSUER, https://a b, no address",
    "METERLEDGER_OIDC_CLIENT_ID, '', is not set",
    "METERLEDGER_PUBLIC_URL, '', is not set",
    "METERLEDGER_PUBLIC_URL, http://portal.example, https://",
    "METERLEDGER_PUBLIC_URL, https://portal.example/sub, has a path",
    "METERLEDGER_OIDC_SCOPES, profile email, must hold openid",
  })
  void saysWhatIsNotRight(String variable, String value, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProviderSettings.of(environment(variable, value)))
        .withMessageContaining(variable)
        .withMessageContaining(words);
  }

  @Test
  void aClientWithoutAProviderIsAMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProviderSettings.of(Map.of("METERLEDGER_OIDC_CLIENT_ID", "portal")))
        .withMessageContaining("without METERLEDGER_OIDC_ISSUER");
  }
}
