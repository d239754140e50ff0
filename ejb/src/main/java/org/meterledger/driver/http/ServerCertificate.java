package org.meterledger.driver.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.commons.codec.digest.DigestUtils;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/**
 * The certificate that a server shows, for a person to compare before it is pinned.
 *
 * @param sha256 fingerprint, 64 hexadecimal digits in lower case
 * @param subject as it stands in the certificate; the device may have chosen any
 * @param tls the version that was agreed on, for example {@code TLS 1.2}
 * @param oldTls whether that version must be allowed for this server singly
 */
public record ServerCertificate(
    String sha256,
    String subject,
    Instant validFrom,
    Instant validUntil,
    String tls,
    boolean oldTls) {

  /**
   * Connects, looks and hangs up: nothing is sent, a password least of all.
   *
   * @param base an {@code https} address
   */
  public static ReadResult<ServerCertificate> shownBy(URI base, Duration timeout) {
    var endpoint = new Endpoint.Http(base, null, null, timeout);
    if (!"https".equals(base.getScheme()) || base.getHost() == null) {
      return ReadResult.failed(Kind.UNREACHABLE, base + " is not an https address");
    }
    try {
      return ReadResult.complete(shownNow(base, timeout));
    } catch (SSLException e) {
      return shownByOld(endpoint);
    } catch (IOException | CertificateException e) {
      return new ReadResult.Failed<>(TransportFault.of(endpoint, e));
    }
  }

  private static ServerCertificate shownNow(URI base, Duration timeout)
      throws IOException, CertificateException {
    var port = base.getPort() < 0 ? 443 : base.getPort();
    var millis = Math.toIntExact(timeout.toMillis());
    try (var plain = new Socket()) {
      plain.connect(new InetSocketAddress(base.getHost(), port), millis);
      plain.setSoTimeout(millis);
      var factory = PinTrust.context(new PinTrust(null)).getSocketFactory();
      try (var socket = (SSLSocket) factory.createSocket(plain, base.getHost(), port, true)) {
        socket.startHandshake();
        var session = socket.getSession();
        var version = session.getProtocol().replace("TLSv", "TLS ");
        return of(session.getPeerCertificates()[0].getEncoded(), version, false);
      }
    }
  }

  private static ReadResult<ServerCertificate> shownByOld(Endpoint.Http endpoint) {
    try (var old = OldTls.connect(endpoint.base(), endpoint.timeout(), new PinTrust(null))) {
      return ReadResult.complete(of(old.certificate(), old.version(), old.outdated()));
    } catch (IOException | CertificateException e) {
      return new ReadResult.Failed<>(TransportFault.of(endpoint, e));
    }
  }

  private static ServerCertificate of(byte[] der, String version, boolean old)
      throws CertificateException {
    var certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
    return new ServerCertificate(
        DigestUtils.sha256Hex(der),
        certificate.getSubjectX500Principal().getName(),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        version,
        old);
  }
}
