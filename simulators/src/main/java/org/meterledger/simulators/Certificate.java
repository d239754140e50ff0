package org.meterledger.simulators;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A certificate that a device has issued itself, and TLS with it. */
public record Certificate(X509Certificate x509, SslContext context) {
  private static final Date FROM = Date.from(Instant.parse("2013-01-01T00:00:00Z"));
  private static final Date UNTIL = Date.from(Instant.parse("2043-01-01T00:00:00Z"));

  /** Netty's own choice has none that old versions can use with a key on a curve. */
  private static final List<String> CIPHERS = ciphers();

  /**
   * Makes a new key and a certificate for it.
   *
   * @param name common name of the holder
   * @param organisation of the holder
   * @param protocols TLS versions, for example {@code TLSv1.2}
   */
  public static Certificate selfIssued(String name, String organisation, List<String> protocols) {
    try {
      // On a curve: a hundred RSA keys would take a minute.
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      X509Certificate x509 = issue(new X500Name("CN=" + name + ",O=" + organisation), keys);
      SslContext context =
          SslContextBuilder.forServer(new OwnKey(keys.getPrivate(), x509))
              .sslProvider(SslProvider.JDK)
              .protocols(protocols)
              .ciphers(CIPHERS)
              .build();
      return new Certificate(x509, context);
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("No certificate for " + name, impossible);
    }
  }

  private static X509Certificate issue(X500Name name, KeyPair keys)
      throws GeneralSecurityException, IOException {
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    V3TBSCertificateGenerator certificate = new V3TBSCertificateGenerator();
    certificate.setSerialNumber(new ASN1Integer(new BigInteger(63, new SecureRandom())));
    certificate.setIssuer(name);
    certificate.setSubject(name);
    certificate.setStartDate(new Time(FROM));
    certificate.setEndDate(new Time(UNTIL));
    certificate.setSignature(algorithm);
    certificate.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    TBSCertificate unsigned = certificate.generateTBSCertificate();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(unsigned.getEncoded(ASN1Encoding.DER));
    var parts = new ASN1EncodableVector();
    parts.add(unsigned);
    parts.add(algorithm);
    parts.add(new DERBitString(signature.sign()));
    byte[] encoded = new DERSequence(parts).getEncoded(ASN1Encoding.DER);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static List<String> ciphers() {
    try {
      return List.of(SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("No TLS in this Java", impossible);
    }
  }
}
