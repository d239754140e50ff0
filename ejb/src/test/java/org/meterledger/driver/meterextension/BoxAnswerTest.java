package org.meterledger.driver.meterextension;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Unit;

class BoxAnswerTest {

  private static boolean parses(String text) {
    return BoxAnswer.parse(text.getBytes(StandardCharsets.UTF_8)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"unkown_cmd\",\"result\",\"id\":\"123\"}",
        " { \"error\" : \"unkown_cmd\" , \"result\" , \"id\" : \"123\" }\n",
      })
  void knownAnswerThatIsNoJsonIsUnderstood(String text) {
    var answer = BoxAnswer.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();

    assertThat(answer.getString("error")).isEqualTo("unkown_cmd");
    assertThat(answer.getString("id")).isEqualTo("123");
  }

  @Test
  void knownAnswerMayComeWithoutId() {
    var text = "{\"error\":\"unkown_cmd\",\"result\"}";

    assertThat(BoxAnswer.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow())
        .containsOnlyKeys("error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"other\",\"result\",\"id\":\"123\"}",
        "{\"error\":\"unkown_cmd\",\"result\",\"id\":\"1\",\"meter\":[]}",
        "{\"result\",\"error\":\"unkown_cmd\"}",
        "{\"error\":\"unkown_cmd\",\"result\",\"id\":\"12\\\"3\"}",
        "{\"meter\":[{\"meterid\":\"lu\",\"data\":[{\"}] }], \"result\":\"OK\",\"id\":\"123\"}",
        "{\"id\":\"1\",\"id\":\"2\"}",
        "{\"id\":\"1\"",
        "[]",
        "",
      })
  void nothingElseIsMended(String text) {
    assertThat(parses(text)).isFalse();
  }

  @Test
  void bytesThatAreNoTextAreNoAnswer() {
    assertThat(BoxAnswer.parse(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'})).isEmpty();
  }

  @Test
  void emptyObjectStandsForNothingHeard() {
    var meter = Texts.meter("{}");

    assertThat(meter.filled()).isFalse();
    assertThat(meter.broken()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1-0:1.8.0.255, 1-0:1.8.0*255",
    "1-0:1.8.0*255, 1-0:1.8.0*255",
    "1-0:1.8.0, 1-0:1.8.0*255",
    "1-0:1.8.0.1, 1-0:1.8.0*1",
    "0-0:C.53.11.255, 0-0:96.53.11*255",
    "0-0:F.F.0.255, 0-0:97.97.0*255",
  })
  void codeIsReadAsTheBoxPrintsIt(String printed, String obis) {
    assertThat(MeterReadingJson.obis(printed)).contains(ObisCode.of(obis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.8.0", "1-0:1.8.0.256", "1-0:1.8", "1-0:X.8.0", "1-0:1.8.0.255.1"})
  void whatIsNoCodeIsNone(String printed) {
    assertThat(MeterReadingJson.obis(printed)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "2323, -1, 232.3",
    "-12, -2, -0.12",
    "12, 3, 12000",
    "1.50, 0, 1.50",
    "007, -3, 0.007"
  })
  void digitsAreThoseThatWereTold(String val, String scale, String value) {
    var heard = Texts.register("1-0:16.7.0.255", scale, "27", val, "1532715540");

    assertThat(heard.values()).hasSize(1);
    assertThat(heard.values().get(0).quantity().value()).isEqualTo(new BigDecimal(value));
  }

  @ParameterizedTest
  @CsvSource({
    "1-0:1.8.0.255, 10, 30, 1, 1",
    "1-0:1.8.0.255, x, 30, 1, 1",
    "1-0:1.8.0.255, 0, 256, 1, 1",
    "1-0:1.8.0.255, 0, Wh, 1, 1",
    "1-0:1.8.0.255, 0, 30, 1, yesterday",
    "1-0:1.8.0.255, 0, 30, 1234567890123456789, 1",
    "nonsense, 0, 30, 1, 1",
  })
  void whatCannotBeTakenIsNamed(String obis, String scale, String unit, String val, String at) {
    var heard = Texts.register(obis, scale, unit, val, at);

    assertThat(heard.values()).isEmpty();
    assertThat(heard.texts()).isEmpty();
    assertThat(heard.broken()).isEqualTo("register " + obis);
  }

  @Test
  void oneBrokenRegisterKeepsTheOthers() {
    var heard =
        Texts.meter(
            """
            {"OBIS":"1-0:1.8.0.255","scale":"0","unit":"30","entry":[{"val":"5","ts":"7"}]},
            {"OBIS":"1-0:2.8.0.255","scale":"99","unit":"30","entry":[{"val":"5","ts":"7"}]},
            7,
            {"OBIS":"1-0:3.8.0.255","scale":"0","unit":"32","entry":[{"val":"6","ts":"7"}]}""");

    assertThat(heard.values())
        .extracting(each -> each.obis().shortText())
        .containsExactly("1-0:1.8.0", "1-0:3.8.0");
    assertThat(heard.broken()).isEqualTo("register 1-0:2.8.0.255");
  }

  @Test
  void missingIsNotZero() {
    assertThat(Texts.register("1-0:1.8.0.255", "0", "30", "", "7").values()).isEmpty();
    assertThat(Texts.meter("{\"OBIS\":\"1-0:1.8.0.255\",\"entry\":[{\"val\":null}]}").broken())
        .isNull();
    assertThat(Texts.meter("{\"OBIS\":\"1-0:1.8.0.255\",\"entry\":[]}").values()).isEmpty();
  }

  @Test
  void numbersMayComeAsNumbersAndUnitsMayBeUnknown() {
    var heard =
        Texts.meter(
            "{\"OBIS\":\"1-0:1.8.0.255\",\"scale\":-2,\"unit\":200,"
                + "\"entry\":[{\"val\":12345,\"ts\":0}]}");

    assertThat(heard.values())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.quantity().value()).isEqualTo(new BigDecimal("123.45"));
              assertThat(each.quantity().unit()).isSameAs(Unit.of(200));
              assertThat(each.at()).isNull();
            });
  }

  @Test
  void newestEntryCounts() {
    var heard =
        Texts.meter(
            """
            {"OBIS":"1-0:1.8.0.255","scale":"0","unit":"30",
             "entry":[{"val":"5","ts":"100"},{"val":"7","ts":"200"},{"val":"6","ts":"150"}]}""");

    assertThat(heard.values())
        .singleElement()
        .satisfies(each -> assertThat(each.at()).isEqualTo(Instant.ofEpochSecond(200)))
        .satisfies(each -> assertThat(each.quantity().value()).isEqualTo(BigDecimal.valueOf(7)));
    assertThat(heard.broken()).isNull();
  }

  @Test
  void twoValuesOfOneTimeAreNoneToTrust() {
    var heard =
        Texts.meter(
            """
            {"OBIS":"1-0:1.8.0.255","scale":"0","unit":"30",
             "entry":[{"val":"5","ts":"100"},{"val":"7","ts":"100"}]}""");

    assertThat(heard.values()).isEmpty();
    assertThat(heard.broken()).isEqualTo("register 1-0:1.8.0.255");
  }

  @Test
  void textsAreKeptApart() {
    var heard = Texts.register("0-0:96.1.0.255", "0", "255", "1KFM\\u0007-15", "1");

    assertThat(heard.values()).isEmpty();
    assertThat(heard.texts()).isEqualTo(Map.of(ObisCode.of("0-0:96.1.0*255"), "1KFM\uFFFD-15"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"meter\":{}}",
        "{\"meter\":[7]}",
        "{\"meter\":[{\"meterid\":\"1\"}]}",
        "{\"meter\":[{\"data\":[{}],\"meterid\":\"12345678901234567890123456789012345678901\"}]}"
      })
  void answerWithoutMetersIsNone(String text) {
    var answer = BoxAnswer.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();

    assertThat(MeterReadingJson.meters(answer)).isEmpty();
  }

  @Test
  void addressesAreReadFromPlainText() {
    assertThat(IpInfo.parse("IP: 192.168.0.158\r\nGW: 192.168.0.1\nNet Mask: 255.255.255.0\n"))
        .contains(Map.of("IP", "192.168.0.158", "GW", "192.168.0.1", "Net Mask", "255.255.255.0"));
    assertThat(IpInfo.parse("")).isEmpty();
    assertThat(IpInfo.parse("IP: 1.2.3.4\nToner low")).isEmpty();
    assertThat(IpInfo.parse("IP: 1.2.3.4\n".repeat(100))).isEmpty();
  }
}
