package org.meterledger.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterledger.charging.InvalidPublicKey.Rule;

class ChargingPublicKeyTest {

  private static final MeterKey METER = new MeterKey(Curve.SECP256R1, 1);
  private static final String SPKI = HexFormat.of().formatHex(METER.spki(false));

  private static Rule refused(String text) {
    var refusal = catchThrowableOfType(InvalidPublicKey.class, () -> ChargingPublicKey.of(text));
    assertThat(refusal).as(text).isNotNull().message().isNotBlank();
    return refusal.rule();
  }

  @ParameterizedTest
  @EnumSource
  void everyFormOfAKeyIsTheSameKey(Curve curve) throws InvalidPublicKey {
    var meter = new MeterKey(curve, 4);
    var hex = HexFormat.of().formatHex(meter.spki(false));
    var base64 = Base64.getEncoder().encodeToString(meter.spki(false));

    var key = ChargingPublicKey.of(hex);

    assertThat(key.curve()).isEqualTo(curve);
    assertThat(key.hex()).isEqualTo(hex);
    assertThat(key.der()).isEqualTo(meter.spki(false));
    assertThat(ChargingPublicKey.of(hex.toUpperCase(Locale.ROOT))).isEqualTo(key);
    assertThat(ChargingPublicKey.of(" " + hex.replaceAll("(.{8})", "$1 \n"))).isEqualTo(key);
    assertThat(ChargingPublicKey.of(base64)).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(
            ChargingPublicKey.of(
                "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n"))
        .isEqualTo(key);
    assertThat(ChargingPublicKey.of(meter.spki(true))).as("compressed").isEqualTo(key);
    assertThat(ChargingPublicKey.of(meter.spki(true)).fingerprint()).isEqualTo(key.fingerprint());
    assertThat(new MeterKey(curve, 5).publicKey()).isNotEqualTo(key);
  }

  @Test
  void aPointAloneIsOfTheCurveOfTheDmed4() throws InvalidPublicKey {
    var point = HexFormat.of().formatHex(METER.point().getEncoded(false));

    assertThat(ChargingPublicKey.of(point)).isEqualTo(METER.publicKey());
    assertThat(ChargingPublicKey.of(point.substring(2))).isEqualTo(METER.publicKey());
  }

  @Test
  void theFingerprintIsForPeople() {
    var key = METER.publicKey();

    assertThat(key.fingerprint()).matches("([0-9a-f]{4} ){15}[0-9a-f]{4}");
    assertThat(key).hasToString("secp256r1 " + key.fingerprint());
  }

  @Test
  void noKeys() throws Exception {
    var rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(1024);
    var foreign = new MeterKey(Curve.SECP256K1, 1).point().getEncoded(false);

    assertThat(refused(" \n")).isEqualTo(Rule.EMPTY);
    assertThat(refused("30".repeat(1001))).isEqualTo(Rule.TOO_LONG);
    assertThat(refused("(none)")).isEqualTo(Rule.NO_BYTES);
    assertThat(refused("00")).isEqualTo(Rule.NO_KEY);
    assertThat(refused(SPKI.substring(0, 100))).isEqualTo(Rule.NO_KEY);
    assertThat(refused(SPKI + "00")).isEqualTo(Rule.NO_KEY);
    assertThat(refused(HexFormat.of().formatHex(rsa.generateKeyPair().getPublic().getEncoded())))
        .isEqualTo(Rule.NO_EC_KEY);
    assertThat(refused(HexFormat.of().formatHex(foreign)))
        .as("a point alone, of secp256k1")
        .isEqualTo(Rule.NOT_ON_CURVE);
    assertThat(refused("ab".repeat(48))).isEqualTo(Rule.CURVE_NOT_TOLD);
    assertThat(refused("ab".repeat(96))).isEqualTo(Rule.CURVE_NOT_TOLD);
    assertThat(refused(SPKI.substring(0, SPKI.length() - 2) + "00"))
        .as("one digit wrong")
        .isEqualTo(Rule.NOT_ON_CURVE);
    assertThat(refused(SPKI.substring(0, SPKI.length() - 130) + "00"))
        .as("cut, with a length that says otherwise")
        .isEqualTo(Rule.NO_KEY);
  }

  @Test
  void curvesThatTheFormatDoesNotKnow() throws Exception {
    var parameters = ECNamedCurveTable.getByName("secp521r1");
    var oid = ECNamedCurveTable.getOID("secp521r1");
    var point = parameters.getG().getEncoded(false);

    assertThat(
            refused(hex(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, oid), point)))
        .isEqualTo(Rule.UNKNOWN_CURVE);
    assertThat(
            refused(
                hex(
                    new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, parameters),
                    point)))
        .as("parameters spelled out, which anybody can choose")
        .isEqualTo(Rule.UNKNOWN_CURVE);
  }

  @Test
  void pointsThatAreNone() throws Exception {
    var algorithm =
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, Curve.SECP256R1.oid());

    assertThat(refused(hex(algorithm, new byte[] {0}))).as("infinity").isEqualTo(Rule.NOT_ON_CURVE);
    assertThat(refused(hex(algorithm, new byte[0]))).as("nothing").isEqualTo(Rule.NOT_ON_CURVE);
    assertThat(refused(SPKI.replace("034200", "034201")))
        .as("not whole bytes")
        .isEqualTo(Rule.NOT_ON_CURVE);
  }

  private static String hex(AlgorithmIdentifier algorithm, byte[] point) throws Exception {
    return HexFormat.of().formatHex(new SubjectPublicKeyInfo(algorithm, point).getEncoded());
  }
}
