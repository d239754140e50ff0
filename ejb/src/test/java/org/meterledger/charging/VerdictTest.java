package org.meterledger.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.charging.Verdict.Reason.CURVE_DIFFERS;
import static org.meterledger.charging.Verdict.Reason.NOT_OCMF;
import static org.meterledger.charging.Verdict.Reason.NO_KEY;
import static org.meterledger.charging.Verdict.Reason.SERIAL_NUMBER_DIFFERS;
import static org.meterledger.charging.Verdict.Reason.SIGNATURE_DIFFERS;
import static org.meterledger.charging.Verdict.Reason.SIGNATURE_MATCHES;
import static org.meterledger.charging.Verdict.Reason.SIGNATURE_MISSING;
import static org.meterledger.charging.Verdict.Reason.SIGNATURE_UNREADABLE;
import static org.meterledger.charging.Verdict.Reason.UNKNOWN_ALGORITHM;
import static org.meterledger.charging.Verdict.Reason.UNKNOWN_CURVE;
import static org.meterledger.charging.Verdict.Reason.UNKNOWN_ENCODING;
import static org.meterledger.charging.Verdict.Reason.UNKNOWN_MIME_TYPE;

import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterledger.charging.Verdict.Result;

class VerdictTest {

  private static final String PAYLOAD =
      """
      {"FV":"1.0","GS":"G-7","PG":"T12","MS":"4711","RD":[{"TM":"2026-11-22T10:00:00,000+0100 S",\
      "TX":"B","RV":12.50,"RI":"1-0:1.8.0","RU":"kWh","EF":"","ST":"G"}]}""";
  private static final MeterKey METER = new MeterKey(Curve.SECP256R1, 1);
  private static final String HEX = HexFormat.of().formatHex(METER.der(PAYLOAD));

  private static Verdict verdict(String signature) {
    return Verdict.of(
        "OCMF|" + PAYLOAD + "|" + signature.replace('\'', '"'), METER.publicKey(), "4711");
  }

  @ParameterizedTest
  @EnumSource
  void eachCurve(Curve curve) {
    var meter = new MeterKey(curve, 2);
    var key = meter.publicKey();

    var verdict = Verdict.of(meter.record(PAYLOAD), key, "4711");

    assertThat(verdict).isEqualTo(new Verdict(SIGNATURE_MATCHES, curve.text(), key.fingerprint()));
    assertThat(verdict.valid()).isTrue();
    assertThat(Verdict.of(meter.record(PAYLOAD).replace("12.50", "12.5"), key, "4711").reason())
        .isEqualTo(SIGNATURE_DIFFERS);
    assertThat(Verdict.of(meter.record(PAYLOAD), new MeterKey(curve, 3).publicKey(), "4711"))
        .extracting(Verdict::reason)
        .isEqualTo(SIGNATURE_DIFFERS);
  }

  @Test
  void everyByteCounts() {
    var text = METER.record(PAYLOAD);
    IntStream.range("OCMF|".length(), "OCMF|".length() + PAYLOAD.length())
        .forEach(
            at -> {
              var changed = new StringBuilder(text);
              changed.setCharAt(at, (char) (text.charAt(at) ^ 1));
              assertThat(Verdict.of(changed.toString(), METER.publicKey(), null).valid())
                  .as("at %d", at)
                  .isFalse();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "BRAINPOOL_P256R1, brainpoolP256r1",
    "BRAINPOOL_P256R1, brainpool256r1",
    "BRAINPOOL_P256R1, BRAINPOOLP256R1",
    "BRAINPOOL_P384R1, brainpool384r1",
    "BRAINPOOL_P384R1, brainpoolP384r1",
    "SECP256R1, prime256v1",
    "SECP384R1, SECP384R1",
  })
  void spellingsOfCurves(Curve curve, String name) {
    var meter = new MeterKey(curve, 1);
    var text = meter.record(PAYLOAD).replace("ECDSA-" + curve.text(), "ECDSA-" + name);

    assertThat(Verdict.of(text, meter.publicKey(), null).valid()).isTrue();
  }

  @Test
  void encodingsOfSignatures() {
    var base64 = Base64.getEncoder().encodeToString(METER.der(PAYLOAD));

    assertThat(verdict("{'SD':'" + HEX + "'}").valid()).as("defaults").isTrue();
    assertThat(verdict("{'SE':'hex','SD':'" + HEX.toUpperCase(Locale.ROOT) + "'}").valid())
        .isTrue();
    assertThat(verdict("{'SE':'HEX','SD':' " + HEX.replaceAll("(..)", "$1 ") + "'}").valid())
        .isTrue();
    assertThat(verdict("{'SE':'base64','SD':'" + base64 + "'}").valid()).isTrue();
    assertThat(verdict("{'SM':'application/x-der','SD':'" + HEX + "'}").valid()).isTrue();
    assertThat(verdict("{'SA':null,'SE':null,'SD':'" + HEX + "'}").valid()).isTrue();
  }

  @Test
  void signaturesThatCannotBeRead() {
    var plain = new StringBuilder();
    for (var each : METER.sign(PAYLOAD)) {
      plain.append("%064x".formatted(each));
    }

    assertThat(verdict("{}")).isEqualTo(new Verdict(SIGNATURE_MISSING));
    assertThat(verdict("{'SD':''}")).isEqualTo(new Verdict(SIGNATURE_MISSING));
    assertThat(verdict("{'SD':'" + HEX.substring(1) + "'}"))
        .isEqualTo(new Verdict(SIGNATURE_UNREADABLE, "hex"));
    assertThat(verdict("{'SE':'base64','SD':'(" + HEX + ")'}"))
        .isEqualTo(new Verdict(SIGNATURE_UNREADABLE, "base64"));
    assertThat(verdict("{'SD':'" + plain + "'}"))
        .as("r and s without DER")
        .isEqualTo(new Verdict(SIGNATURE_UNREADABLE, "DER"));
    assertThat(verdict("{'SD':'" + HEX + "00'}"))
        .as("something behind")
        .isEqualTo(new Verdict(SIGNATURE_UNREADABLE, "DER"));
    assertThat(verdict("{'SD':'" + HEX.substring(0, 20) + "'}"))
        .as("cut")
        .isEqualTo(new Verdict(SIGNATURE_UNREADABLE, "DER"));
  }

  @Test
  void numbersThatNoSignatureHas() {
    var order = CurveDomains.of(Curve.SECP256R1).getN();
    var numbers = METER.sign(PAYLOAD);

    assertThat(verdict(of(BigInteger.ZERO, numbers[1])).reason()).isEqualTo(SIGNATURE_DIFFERS);
    assertThat(verdict(of(numbers[0], BigInteger.ZERO)).reason()).isEqualTo(SIGNATURE_DIFFERS);
    assertThat(verdict(of(numbers[0].add(order), numbers[1])).reason())
        .isEqualTo(SIGNATURE_DIFFERS);
    assertThat(verdict(of(numbers[0], numbers[1].add(order))).reason())
        .isEqualTo(SIGNATURE_DIFFERS);
    assertThat(verdict(of(numbers[0], numbers[1])).valid()).isTrue();
  }

  private static String of(BigInteger r, BigInteger s) {
    var first = r.toByteArray();
    var second = s.toByteArray();
    var hex = HexFormat.of();
    return "{'SD':'30%02x02%02x%s02%02x%s'}"
        .formatted(
            first.length + second.length + 4,
            first.length,
            hex.formatHex(first),
            second.length,
            hex.formatHex(second));
  }

  @Test
  void aMissingZeroByteIsForgiven() {
    // r or s with the first bit set: about every second number, so a few texts have one
    var meter = new MeterKey(Curve.SECP192R1, 1);
    var payload =
        IntStream.range(0, 100)
            .mapToObj(each -> PAYLOAD.replace("T12", "T" + each))
            .filter(each -> meter.sign(each)[0].bitLength() == 192)
            .findFirst()
            .orElseThrow();
    var numbers = meter.sign(payload);
    var r = "%048x".formatted(numbers[0]);
    var s = HexFormat.of().formatHex(numbers[1].toByteArray());
    var text =
        "OCMF|%s|{\"SA\":\"ECDSA-secp192r1-SHA256\",\"SD\":\"30%02x0218%s02%02x%s\"}"
            .formatted(payload, 28 + s.length() / 2, r, s.length() / 2, s);

    assertThat(new BigInteger(HexFormat.of().parseHex(r))).as("read strictly").isNegative();
    assertThat(Verdict.of(text, meter.publicKey(), null).valid()).isTrue();
  }

  @Test
  void whatTheSectionNamesMayOnlyAgreeWithTheKey() {
    assertThat(verdict("{'SA':'ECDSA-secp256k1-SHA256','SD':'" + HEX + "'}"))
        .isEqualTo(new Verdict(CURVE_DIFFERS, "secp256r1", "secp256k1"));
    assertThat(
            Verdict.of(
                "OCMF|" + PAYLOAD + "|{\"SD\":\"" + HEX + "\"}",
                new MeterKey(Curve.SECP384R1, 1).publicKey(),
                null))
        .as("nothing named means secp256r1")
        .isEqualTo(new Verdict(CURVE_DIFFERS, "secp384r1", "secp256r1"));
  }

  @Test
  void whatIsNotKnownHereIsNotCalledInvalid() {
    assertThat(verdict("{'SA':'RSA-2048-SHA256','SD':'" + HEX + "'}"))
        .isEqualTo(new Verdict(UNKNOWN_ALGORITHM, "RSA-2048-SHA256"));
    assertThat(verdict("{'SA':'ECDSA-secp256r1-SHA512','SD':'" + HEX + "'}").reason())
        .isEqualTo(UNKNOWN_ALGORITHM);
    assertThat(verdict("{'SA':'ECDSA-secp521r1-SHA256','SD':'" + HEX + "'}"))
        .isEqualTo(new Verdict(UNKNOWN_CURVE, "secp521r1"));
    assertThat(verdict("{'SE':'base32','SD':'" + HEX + "'}"))
        .isEqualTo(new Verdict(UNKNOWN_ENCODING, "base32"));
    assertThat(verdict("{'SM':'application/cms','SD':'" + HEX + "'}"))
        .isEqualTo(new Verdict(UNKNOWN_MIME_TYPE, "application/cms"));
    assertThat(verdict("{'SA':'" + "x".repeat(5000) + "','SD':'00'}").values().get(0))
        .hasSizeLessThan(100);
    for (var reason : new Verdict.Reason[] {UNKNOWN_ALGORITHM, UNKNOWN_CURVE, NO_KEY, NOT_OCMF}) {
      assertThat(reason.result()).isEqualTo(Result.UNVERIFIABLE);
    }
  }

  @Test
  void withoutAKeyNobodyCanSay() {
    assertThat(Verdict.of(METER.record(PAYLOAD), null, "4711")).isEqualTo(new Verdict(NO_KEY));
  }

  @Test
  void aTextThatIsNoRecord() {
    assertThat(Verdict.of("OCMF|{}", METER.publicKey(), "4711"))
        .isEqualTo(new Verdict(NOT_OCMF, "SECTIONS", "", "7"));
  }

  @Test
  void theRecordMustBeOfThisMeter() {
    var text = METER.record(PAYLOAD);

    assertThat(Verdict.of(text, METER.publicKey(), "G-7").valid()).as("of its gateway").isTrue();
    assertThat(Verdict.of(text, METER.publicKey(), " 4711 ").valid()).isTrue();
    assertThat(Verdict.of(text, METER.publicKey(), "4712"))
        .isEqualTo(new Verdict(SERIAL_NUMBER_DIFFERS, "4711 / G-7", "4712"));
    assertThat(Verdict.of(text.replace("12.50", "99.50"), METER.publicKey(), "4712").reason())
        .as("the signature counts first")
        .isEqualTo(SIGNATURE_DIFFERS);
    assertThat(Verdict.of(METER.record("{\"RD\":[]}"), METER.publicKey(), "4712").valid())
        .as("a record that names none")
        .isTrue();
  }
}
