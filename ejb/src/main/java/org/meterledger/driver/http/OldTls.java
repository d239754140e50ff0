package org.meterledger.driver.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerOnlyTlsAuthentication;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * One connection to a server that may speak no newer TLS than 1.0. The JDK refuses that for the
 * whole process or not at all, and so does BouncyCastle's JSSE provider, which reads the same
 * security property; the TLS engine below it is asked for this connection alone.
 */
final class OldTls extends DefaultTlsClient implements AutoCloseable {

  private static final int[] SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
    CipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA,
    CipherSuite.TLS_DHE_RSA_WITH_AES_256_CBC_SHA,
    CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
    CipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA,
    CipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA
  };

  private final Socket socket = new Socket();
  private final PinTrust trust;
  private TlsClientProtocol protocol;
  private byte[] certificate;

  private OldTls(PinTrust trust) {
    super(new BcTlsCrypto());
    this.trust = trust;
  }

  /**
   * @throws IOException when nobody listens, or no TLS comes about; its cause is {@link
   *     PinTrust.OtherCertificate} where the certificate was another one
   */
  static OldTls connect(URI base, Duration timeout, PinTrust trust) throws IOException {
    var connection = new OldTls(trust);
    try {
      var port = base.getPort() < 0 ? 443 : base.getPort();
      var millis = Math.toIntExact(timeout.toMillis());
      connection.socket.connect(new InetSocketAddress(base.getHost(), port), millis);
      connection.socket.setSoTimeout(millis);
      connection.protocol =
          new TlsClientProtocol(
              connection.socket.getInputStream(), connection.socket.getOutputStream());
      connection.protocol.connect(connection);
      return connection;
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e instanceof IOException io ? io : new IOException("No TLS", e);
    }
  }

  TlsClientProtocol protocol() {
    return protocol;
  }

  /** In DER. */
  byte[] certificate() {
    return certificate;
  }

  /** For example {@code TLS 1.0}. */
  String version() {
    return context.getServerVersion().getName();
  }

  boolean outdated() {
    return ProtocolVersion.TLSv12.isLaterVersionOf(context.getServerVersion());
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.TLSv12.downTo(ProtocolVersion.TLSv10);
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return SUITES.clone();
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new ServerOnlyTlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
        certificate = shown.getCertificate().getCertificateAt(0).getEncoded();
        try {
          trust.check(certificate);
        } catch (PinTrust.OtherCertificate e) {
          throw new TlsFatalAlert(AlertDescription.bad_certificate, e);
        }
      }
    };
  }

  /** Closes the socket at once: the other side may have stopped listening to farewells. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is not of use any more either way.
    }
  }
}
