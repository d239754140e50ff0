package org.meterledger.simulators.dmed4;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * The key pair of a meter on secp256r1. Key and nonces follow from a seed (RFC 6979), so that a
 * simulator started again tomorrow signs the same history with the same bytes.
 */
final class SigningKey {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final byte[] SPKI_BEFORE_POINT =
      HEX.parseHex("3059301306072A8648CE3D020106082A8648CE3D03010703420004");
  private static final int HALF = 32;
  private static final ECDomainParameters CURVE = curve();

  private final BigInteger secret;
  private final byte[] raw;

  SigningKey(String seed) {
    BigInteger digest = new BigInteger(1, sha256(seed.getBytes(StandardCharsets.UTF_8)));
    secret = digest.mod(CURVE.getN().subtract(BigInteger.ONE)).add(BigInteger.ONE);
    ECPoint point = new FixedPointCombMultiplier().multiply(CURVE.getG(), secret).normalize();
    raw = Arrays.copyOfRange(point.getEncoded(false), 1, 1 + 2 * HALF);
  }

  private static ECDomainParameters curve() {
    X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
    return new ECDomainParameters(curve);
  }

  /** X and Y of the public point, 32 bytes each. */
  byte[] raw() {
    return raw.clone();
  }

  /** The public key as SubjectPublicKeyInfo in DER, 91 bytes. */
  byte[] spki() {
    byte[] spki = Arrays.copyOf(SPKI_BEFORE_POINT, SPKI_BEFORE_POINT.length + raw.length);
    System.arraycopy(raw, 0, spki, SPKI_BEFORE_POINT.length, raw.length);
    return spki;
  }

  /** r and s of the signature over SHA-256 of a text, 32 bytes each. */
  byte[] signRaw(String payload) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, CURVE));
    BigInteger[] pair = signer.generateSignature(sha256(payload.getBytes(StandardCharsets.UTF_8)));
    byte[] signature = new byte[2 * HALF];
    BigIntegers.asUnsignedByteArray(pair[0], signature, 0, HALF);
    BigIntegers.asUnsignedByteArray(pair[1], signature, HALF, HALF);
    return signature;
  }

  /** The same signature as a DER sequence of two integers. */
  byte[] signDer(String payload) {
    byte[] signature = signRaw(payload);
    byte[] r = new BigInteger(1, Arrays.copyOf(signature, HALF)).toByteArray();
    byte[] s = new BigInteger(1, Arrays.copyOfRange(signature, HALF, 2 * HALF)).toByteArray();
    byte[] der = new byte[6 + r.length + s.length];
    der[0] = 0x30;
    der[1] = (byte) (der.length - 2);
    der[2] = 0x02;
    der[3] = (byte) r.length;
    System.arraycopy(r, 0, der, 4, r.length);
    der[4 + r.length] = 0x02;
    der[5 + r.length] = (byte) s.length;
    System.arraycopy(s, 0, der, 6 + r.length, s.length);
    return der;
  }

  /** The signature in DER as text. */
  String signText(String payload, boolean base64) {
    byte[] der = signDer(payload);
    return base64 ? Base64.getEncoder().encodeToString(der) : HEX.formatHex(der);
  }

  /** The third part of a record. */
  String signatureSection(String payload, boolean base64) {
    return "{\"SA\":\"ECDSA-secp256r1-SHA256\",\"SE\":\""
        + (base64 ? "base64" : "hex")
        + "\",\"SD\":\""
        + signText(payload, base64)
        + "\"}";
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("No SHA-256 in this Java", impossible);
    }
  }
}
