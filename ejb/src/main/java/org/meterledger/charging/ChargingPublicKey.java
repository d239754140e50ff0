package org.meterledger.charging;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/**
 * The public key by which a meter's records are verified. Two of them are equal where they are the
 * same point of the same curve, however they were written.
 */
public final class ChargingPublicKey {

  private static final int LONGEST = 2000;
  private static final int RAW_BYTES = 64;
  private static final Set<Integer> LENGTHS_OF_POINTS = Set.of(48, 49, 96, 97);
  private static final byte UNCOMPRESSED = 4;
  private static final int GROUP = 4;
  private static final Pattern ARMOUR = Pattern.compile("-----(BEGIN|END) PUBLIC KEY-----");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2})+");

  private final Curve curve;
  private final ECPublicKeyParameters point;
  private final byte[] der;
  private final String fingerprint;

  private ChargingPublicKey(Curve curve, byte[] encodedPoint) throws InvalidPublicKey {
    this.curve = curve;
    var domain = CurveDomains.of(curve);
    try {
      point = new ECPublicKeyParameters(domain.getCurve().decodePoint(encodedPoint), domain);
      der =
          new SubjectPublicKeyInfo(
                  new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve.oid()),
                  point.getQ().getEncoded(false))
              .getEncoded();
    } catch (IllegalArgumentException | IOException e) {
      throw new InvalidPublicKey(
          InvalidPublicKey.Rule.NOT_ON_CURVE, "The key is no point of " + curve.text());
    }
    fingerprint = fingerprint(der);
  }

  /**
   * Reads a key as makers print them: a SubjectPublicKeyInfo in DER (RFC 5480), in hexadecimal
   * digits, base64 or PEM, blanks and lines allowed; or the point alone in hexadecimal digits, X
   * and Y of 32 bytes each with or without 04 before them, which is taken for secp256r1 as the
   * DMED4 means it.
   *
   * @throws InvalidPublicKey where it is none; tells the rule
   */
  public static ChargingPublicKey of(String text) throws InvalidPublicKey {
    if (text.length() > LONGEST) {
      throw new InvalidPublicKey(
          InvalidPublicKey.Rule.TOO_LONG, "A public key has at most " + LONGEST + " characters");
    }
    var plain = BLANKS.matcher(ARMOUR.matcher(text).replaceAll("")).replaceAll("");
    if (plain.isEmpty()) {
      throw new InvalidPublicKey(InvalidPublicKey.Rule.EMPTY, "There is no public key");
    }
    return of(bytes(plain));
  }

  /**
   * @param bytes a SubjectPublicKeyInfo in DER, or a point of 64 or 65 bytes on secp256r1
   * @throws InvalidPublicKey where it is none; tells the rule
   */
  public static ChargingPublicKey of(byte[] bytes) throws InvalidPublicKey {
    if (bytes.length == RAW_BYTES) {
      var encoded = new byte[RAW_BYTES + 1];
      encoded[0] = UNCOMPRESSED;
      System.arraycopy(bytes, 0, encoded, 1, RAW_BYTES);
      return new ChargingPublicKey(Curve.SECP256R1, encoded);
    }
    if (bytes.length == RAW_BYTES + 1 && bytes[0] == UNCOMPRESSED) {
      return new ChargingPublicKey(Curve.SECP256R1, bytes);
    }
    return ofInfo(bytes);
  }

  private static ChargingPublicKey ofInfo(byte[] der) throws InvalidPublicKey {
    SubjectPublicKeyInfo info;
    try {
      info = SubjectPublicKeyInfo.getInstance(ASN1Primitive.fromByteArray(der));
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      info = null;
    }
    if (info == null) {
      throw LENGTHS_OF_POINTS.contains(der.length)
          ? new InvalidPublicKey(
              InvalidPublicKey.Rule.CURVE_NOT_TOLD,
              "A point of "
                  + der.length
                  + " bytes does not tell its curve; give the key as SubjectPublicKeyInfo")
          : new InvalidPublicKey(
              InvalidPublicKey.Rule.NO_KEY, "The bytes are no SubjectPublicKeyInfo (RFC 5480)");
    }
    if (!X9ObjectIdentifiers.id_ecPublicKey.equals(info.getAlgorithm().getAlgorithm())) {
      throw new InvalidPublicKey(
          InvalidPublicKey.Rule.NO_EC_KEY, "The key is not one of an elliptic curve");
    }
    if (!(info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier oid)) {
      throw new InvalidPublicKey(
          InvalidPublicKey.Rule.UNKNOWN_CURVE, "The key does not name its curve");
    }
    var curve = Curve.of(oid).orElse(null);
    if (curve == null) {
      throw new InvalidPublicKey(
          InvalidPublicKey.Rule.UNKNOWN_CURVE,
          "The curve " + oid.getId() + " is none of the Open Charge Metering Format");
    }
    var bits = info.getPublicKeyData();
    if (bits.getPadBits() != 0 || bits.getBytes().length == 0) {
      throw new InvalidPublicKey(
          InvalidPublicKey.Rule.NOT_ON_CURVE, "The key is no point of " + curve.text());
    }
    return new ChargingPublicKey(curve, bits.getOctets());
  }

  private static byte[] bytes(String plain) throws InvalidPublicKey {
    if (HEX.matcher(plain).matches()) {
      return HexFormat.of().parseHex(plain);
    }
    try {
      return Base64.getDecoder().decode(plain);
    } catch (IllegalArgumentException e) {
      throw new InvalidPublicKey(
          InvalidPublicKey.Rule.NO_BYTES,
          "A public key is written in pairs of hexadecimal digits or in base64");
    }
  }

  public Curve curve() {
    return curve;
  }

  /** The SubjectPublicKeyInfo in DER, the point uncompressed. */
  public byte[] der() {
    return der.clone();
  }

  /** {@link #der()} in small hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(der);
  }

  /** SHA-256 of {@link #der()} in 16 groups of four hexadecimal digits, for people to compare. */
  public String fingerprint() {
    return fingerprint;
  }

  private static String fingerprint(byte[] der) {
    try {
      var digits = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
      return digits.replaceAll("(.{" + GROUP + "})(?!$)", "$1 ");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  ECPublicKeyParameters point() {
    return point;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChargingPublicKey key && Arrays.equals(der, key.der);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(der);
  }

  /** Curve and fingerprint. */
  @Override
  public String toString() {
    return curve.text() + " " + fingerprint();
  }
}
