package org.meterledger.driver.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Trusts one certificate, whatever name it carries and whoever signed it. Being an extended trust
 * manager it replaces the check of the host's name as well.
 */
class PinTrust extends X509ExtendedTrustManager {

  private final String sha256;

  /**
   * @param sha256 in lower case; null to trust any, for looking at what is shown
   */
  PinTrust(String sha256) {
    this.sha256 = sha256;
  }

  /** Another certificate than the pinned one was shown. */
  static final class OtherCertificate extends CertificateException {

    private static final long serialVersionUID = 1L;

    private final String shown;

    OtherCertificate(String shown) {
      super("Certificate " + shown + " is not the pinned one");
      this.shown = shown;
    }

    String shown() {
      return shown;
    }
  }

  static SSLContext context(PinTrust trust) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no TLS", e);
    }
  }

  void check(byte[] certificate) throws OtherCertificate {
    var shown = DigestUtils.sha256Hex(certificate);
    if (sha256 != null && !sha256.equals(shown)) {
      throw new OtherCertificate(shown);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain[0].getEncoded());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain[0].getEncoded());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain[0].getEncoded());
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("This is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
