package org.meterledger.charging;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** A key in a meter: the same of each number and curve, and the same signature of each text. */
final class MeterKey {

  private final Curve curve;
  private final BigInteger secret;

  MeterKey(Curve curve, int number) {
    this.curve = curve;
    this.secret = new BigInteger(1, sha256("key " + number)).mod(CurveDomains.of(curve).getN());
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  ECPoint point() {
    var domain = CurveDomains.of(curve);
    return new FixedPointCombMultiplier().multiply(domain.getG(), secret).normalize();
  }

  byte[] spki(boolean compressed) {
    try {
      return new SubjectPublicKeyInfo(
              new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve.oid()),
              point().getEncoded(compressed))
          .getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  ChargingPublicKey publicKey() {
    try {
      return ChargingPublicKey.of(spki(false));
    } catch (InvalidPublicKey e) {
      throw new IllegalStateException(e);
    }
  }

  BigInteger[] sign(String payload) {
    var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, CurveDomains.of(curve)));
    return signer.generateSignature(sha256(payload));
  }

  byte[] der(String payload) {
    var numbers = new ASN1EncodableVector();
    for (var each : sign(payload)) {
      numbers.add(new ASN1Integer(each));
    }
    try {
      return new DERSequence(numbers).getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A record that says of its signature only what it must. */
  String record(String payload) {
    return "OCMF|%s|{\"SA\":\"ECDSA-%s-SHA256\",\"SD\":\"%s\"}"
        .formatted(payload, curve.text(), HexFormat.of().formatHex(der(payload)));
  }
}
