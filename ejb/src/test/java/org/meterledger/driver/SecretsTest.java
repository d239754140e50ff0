package org.meterledger.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.Fault.Kind;

/** What is kept of an answer with its fault: enough to see what it was, and no secret. */
@Timeout(20)
class SecretsTest {

  private static final String PASSWORD = "g\"heim<7>/&\\x";
  private static final Secrets SECRETS = Secrets.of("admin", PASSWORD);

  private static String kept(Secrets secrets, byte[] body) {
    return new Fault(Kind.PROTOCOL, "broken", secrets.keptOf(200, body)).answer();
  }

  private static String kept(String body) {
    return kept(SECRETS, body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"seen\":\"g\\\"heim<7>/&\\\\x\"}",
        "plain g\"heim<7>/&\\x here",
        "/login?a=g%22heim%3C7%3E%2F%26%5Cx",
        "<p>g&quot;heim&lt;7&gt;/&amp;\\x</p>",
        "Authorization: Basic YWRtaW46ZyJoZWltPDc+LyZceA==",
        "cookie YWRtaW46ZyJoZWltPDc+LyZceA==",
        "broke off in g\"heim<7"
      })
  void knownSecretIsMaskedHoweverItIsEchoed(String body) {
    assertThat(kept(body)).contains("***").doesNotContain("heim", "YWRtaW46");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"key\":\"hidden7\"}",
        "{\"oldkey\" : \"hidden7\", \"name\":\"x\"}",
        "{\"Password\":\"with \\\" hidden7\"}",
        "{\"new password\":\"a\\\",hidden7\"}",
        "{\"key\":\"hidden7",
        "{\"apiToken\": 1hidden7}",
        "{\"keys\":[\"a\",\"hidden7\"]}",
        "user=admin&password=hidden7&go=1",
        "Set-Cookie: hidden7; Path=/",
        "Authorization: Bearer hidden7",
        "authorization: Basic hidden7==",
        "<input name=\"password\" type='password' value=\"hidden7\">",
        "see https://admin:hidden7@10.0.0.7/about"
      })
  void unknownSecretIsMaskedByItsName(String body) {
    assertThat(kept(body)).contains("***").doesNotContain("hidden7");
  }

  @Test
  void whatWasSentIsMaskedInWhatComesBack() {
    var secrets = SECRETS.and("{\"name\":\"bob\",\"key\":\"new\\u0041key\"}");

    assertThat(secrets.mask("cannot use newAkey for bob")).isEqualTo("cannot use *** for bob");
  }

  @Test
  void whatIsNoSecretStays() {
    var body = "{\"status\":\"error\",\"des\":\"missing name and key tag in JSON\",\"id\":7}";

    assertThat(kept(body)).isEqualTo("HTTP 200\n" + body);
    assertThat(kept("<html><h1>A printer</h1></html>")).endsWith("<h1>A printer</h1></html>");
  }

  @Test
  void nothingKnownMasksNothing() {
    assertThat(kept(Secrets.of(null, null), "null:null".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("HTTP 200\nnull:null");
    assertThat(kept(Secrets.of("admin", ""), "admin".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("HTTP 200\nadmin");
  }

  @Test
  void binaryRubbishIsSpelledOut() {
    var rubbish = new byte[] {0, 1, (byte) 0xff, 'a', 0x1b, '\r', '\n', 0x7f};

    assertThat(kept(SECRETS, rubbish)).isEqualTo("HTTP 200\n\\x00\\x01\u00ffa\\x1b\\x0d\n\\x7f");
  }

  @Test
  void longAnswerIsCutAtTheBorderOfACharacter() {
    var kept = kept("x".repeat(4080) + "\u20ac".repeat(400_000));

    assertThat(kept.getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(Fault.LONGEST_ANSWER - 3, Fault.LONGEST_ANSWER);
    assertThat(kept).endsWith("x\u20ac\u20ac");
    assertThat(kept("y".repeat(1 << 20))).hasSize(Fault.LONGEST_ANSWER);
  }

  @Test
  void characterOutsideThePlaneStaysWhole() {
    assertThat(kept("\ud83d\ude00")).isEqualTo("HTTP 200\n\ud83d\ude00");
    assertThat(new Fault(Kind.PROTOCOL, "half \ud83d \0").detail()).isEqualTo("half \ufffd \\x00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"key",
        "key=",
        "pass \"",
        "\"token\":\"\\\"",
        "keyvalue",
        "://",
        "a\\\\",
        "key:["
      })
  void aDeviceCannotMakeTheMaskingSlow(String piece) {
    assertThat(kept(piece.repeat(200_000))).isNotEmpty();
  }

  @Test
  void detailIsBoundedToo() {
    assertThat(new Fault(Kind.PROTOCOL, "z".repeat(100_000)).detail()).hasSize(2000);
  }
}
