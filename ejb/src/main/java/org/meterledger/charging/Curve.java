package org.meterledger.charging;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** The elliptic curves of the Open Charge Metering Format (table "Signature methods"). */
public enum Curve {
  SECP192K1("1.3.132.0.31", "secp192k1"),
  SECP256K1("1.3.132.0.10", "secp256k1"),
  SECP192R1("1.2.840.10045.3.1.1", "secp192r1", "prime192v1", "P-192"),
  SECP256R1("1.2.840.10045.3.1.7", "secp256r1", "prime256v1", "P-256"),
  SECP384R1("1.3.132.0.34", "secp384r1", "P-384"),
  BRAINPOOL_P256R1("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1", "brainpool256r1"),
  BRAINPOOL_P384R1("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1", "brainpool384r1");

  private final ASN1ObjectIdentifier oid;
  private final List<String> names;

  Curve(String oid, String... names) {
    this.oid = new ASN1ObjectIdentifier(oid);
    this.names = List.of(names);
  }

  /** By any of its names, large or small letters. */
  static Optional<Curve> named(String name) {
    return Stream.of(values())
        .filter(
            curve ->
                curve.names.stream()
                    .anyMatch(
                        each ->
                            each.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))))
        .findFirst();
  }

  static Optional<Curve> of(ASN1ObjectIdentifier oid) {
    return Stream.of(values()).filter(curve -> curve.oid.equals(oid)).findFirst();
  }

  /**
   * As most samples write it, {@code brainpoolP256r1} where the format has {@code brainpool256r1}.
   */
  public String text() {
    return names.get(0);
  }

  ASN1ObjectIdentifier oid() {
    return oid;
  }
}
