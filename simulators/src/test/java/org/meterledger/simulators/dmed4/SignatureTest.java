package org.meterledger.simulators.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What the meter signs, checked by the Java platform's own means. */
class SignatureTest {
  static boolean isValid(String record, byte[] spki) throws GeneralSecurityException {
    String[] parts = record.split("\\|");
    JsonObject signed = Json.createReader(new StringReader(parts[2])).readObject();
    byte[] der =
        signed.getString("SE").equals("base64")
            ? Base64.getDecoder().decode(signed.getString("SD"))
            : HexFormat.of().parseHex(signed.getString("SD"));
    return parts[0].equals("OCMF")
        && signed.getString("SA").equals("ECDSA-secp256r1-SHA256")
        && verify("SHA256withECDSA", parts[1], der, spki);
  }

  private static boolean verify(String algorithm, String payload, byte[] signature, byte[] spki)
      throws GeneralSecurityException {
    PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(key);
    verifier.update(payload.getBytes(StandardCharsets.UTF_8));
    return verifier.verify(signature);
  }

  @Test
  void everyRecordOfACharge() throws Exception {
    try (Dmed4Wired wired = new Dmed4Wired()) {
      byte[] key =
          HexFormat.of().parseHex(wired.get("/v1/charge_settings").getString("public_key_ocmf"));
      wired.begin();
      assertThat(isValid(wired.output(), key)).isTrue();
      wired.meter.load(33_000, 40_000);
      wired.clock.advance(Duration.ofMinutes(7));
      wired.command("C");
      assertThat(isValid(wired.output(), key)).isTrue();
      wired.clock.advance(Duration.ofMinutes(7));
      wired.command("E");
      assertThat(isValid(wired.output(), key)).isTrue();
      assertThat(isValid(wired.output().replace("7.700", "7.701"), key)).isFalse();
    }
  }

  @Test
  void recordsWithIntegersOfEveryLength() throws Exception {
    SigningKey key = new SigningKey("any");
    for (int number = 0; number < 40; number++) {
      String payload = "{\"PG\":\"T" + number + "\"}";
      assertThat(verify("SHA256withECDSA", payload, key.signDer(payload), key.spki())).isTrue();
      assertThat(verify("SHA256withECDSAinP1363Format", payload, key.signRaw(payload), key.spki()))
          .isTrue();
    }
  }

  @Test
  void registersOfTheSignature() throws Exception {
    try (Dmed4Wired wired = new Dmed4Wired();
        ModbusPeer peer = wired.modbus(Transport.MODBUS_TCP)) {
      wired.begin();
      String record = wired.output();
      String payload = record.split("\\|")[1];
      byte[] spki = Arrays.copyOf(peer.bytes(0x4F20, 48), 91);
      assertThat(peer.bytes(0x4F20, 48)[95]).isZero();
      assertThat(isValid(record, spki)).isTrue();
      assertThat(peer.bytes(0x4600, 32)).isEqualTo(Arrays.copyOfRange(spki, 27, 91));
      assertThat(spki).isEqualTo(wired.meter.publicKeySpki());
      assertThat(verify("SHA256withECDSAinP1363Format", payload, peer.bytes(0x4620, 32), spki))
          .isTrue();
      assertThat(record).contains("\"" + peer.text(0x4640, (int) peer.number(0x4204, 1)) + "\"");
      assertThat(peer.text(0x46C0, (int) peer.number(0x4203, 1))).isEqualTo(payload);
    }
  }

  @Test
  void base64() throws Exception {
    try (Dmed4Wired wired = new Dmed4Wired();
        ModbusPeer peer = wired.modbus(Transport.MODBUS_RTU)) {
      peer.write(0x5000, 6);
      peer.write(0x5002, 1);
      peer.write(0x5004, 1);
      peer.send(8, 6, 0x2F, 0x02, 0, 5);
      assertThat(peer.isSilent(150)).isTrue();
      wired.clock.advance(Duration.ofSeconds(3));
      assertThat(peer.number(0x4282, 1)).isEqualTo(1);
      wired.begin();
      assertThat(wired.output()).contains("\"SE\":\"base64\"");
      assertThat(isValid(wired.output(), wired.meter.publicKeySpki())).isTrue();
      assertThat(wired.output())
          .contains("\"" + peer.text(0x4640, (int) peer.number(0x4204, 1)) + "\"");
    }
  }

  @Test
  void aMeterStartedAgainSignsTheSameBytes() throws Exception {
    String first;
    try (Dmed4Wired wired = new Dmed4Wired()) {
      wired.begin();
      first = wired.output();
    }
    try (Dmed4Wired wired = new Dmed4Wired()) {
      wired.begin();
      assertThat(wired.output()).isEqualTo(first);
      wired.meter.replaceKey(2);
      wired.command("E");
      assertThat(isValid(wired.output(), wired.meter.publicKeySpki())).isTrue();
      assertThat(isValid(first, wired.meter.publicKeySpki())).isFalse();
    }
  }
}
