package org.meterledger.charging;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** Signs records as a meter does, with a key of its own on secp256r1. */
public final class RecordSigner {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss,SSSxx 'S'", Locale.ROOT);

  private final String serialNumber;
  private final KeyPair keys;

  public RecordSigner(String serialNumber) {
    this.serialNumber = serialNumber;
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As a meter tells it: SubjectPublicKeyInfo in hexadecimal digits. */
  public String key() {
    return HexFormat.of().formatHex(keys.getPublic().getEncoded());
  }

  /** A record of one reading. */
  public String record(long page, Instant at, char transaction, String value) {
    return sign(
        """
        {"FV":"1.0","GS":"%1$s","MS":"%1$s","PG":"T%2$d","ID":"1F2D3A4F5506C7","RD":[{"TM":"%3$s",\
        "TX":"%4$c","RV":%5$s,"RI":"1-b:1.8.0","RU":"kWh","RT":"DC","EF":"","ST":"G"}]}"""
            .formatted(
                serialNumber, page, TIME.format(at.atOffset(ZoneOffset.UTC)), transaction, value));
  }

  /** Any payload, as it stands. */
  public String sign(String payload) {
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(payload.getBytes(StandardCharsets.UTF_8));
      return "OCMF|%s|{\"SA\":\"ECDSA-secp256r1-SHA256\",\"SD\":\"%s\"}"
          .formatted(payload, HexFormat.of().formatHex(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
