package org.meterledger.driver.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedDecryptor;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedDecryptor;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** Speaks TLS 1.0 and nothing newer, which no test could make the JDK do for one server. */
final class OldTlsServer implements AutoCloseable {

  private final ServerSocket listener;
  private final TestCertificate certificate;
  private final String answer;

  /**
   * @param answer head and body, as sent to each request
   */
  OldTlsServer(TestCertificate certificate, String answer) throws IOException {
    this.certificate = certificate;
    this.answer = answer;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var thread = new Thread(this::listen, "old-tls-server");
    thread.setDaemon(true);
    thread.start();
  }

  URI uri() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  private void listen() {
    while (!listener.isClosed()) {
      try (var socket = listener.accept()) {
        serve(socket);
      } catch (IOException e) {
        // The other side hung up, or the test is over.
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    var protocol = new TlsServerProtocol(socket.getInputStream(), socket.getOutputStream());
    protocol.accept(new Server());
    var in =
        new BufferedReader(
            new InputStreamReader(protocol.getInputStream(), StandardCharsets.ISO_8859_1));
    for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      // The head is of no interest.
    }
    protocol.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    protocol.close();
  }

  private final class Server extends DefaultTlsServer {

    Server() {
      super(new BcTlsCrypto());
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.TLSv10.only();
    }

    private BcTlsCrypto crypto() {
      return (BcTlsCrypto) getCrypto();
    }

    private Certificate chain() throws IOException {
      try {
        var one = crypto().createCertificate(certificate.certificate().getEncoded());
        return new Certificate(new TlsCertificate[] {one});
      } catch (CertificateEncodingException e) {
        throw new IOException(e);
      }
    }

    @Override
    protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
      return new BcDefaultTlsCredentialedSigner(
          new TlsCryptoParameters(context),
          crypto(),
          PrivateKeyFactory.createKey(certificate.keys().getPrivate().getEncoded()),
          chain(),
          null);
    }

    @Override
    protected TlsCredentialedDecryptor getRSAEncryptionCredentials() throws IOException {
      return new BcDefaultTlsCredentialedDecryptor(
          crypto(),
          chain(),
          PrivateKeyFactory.createKey(certificate.keys().getPrivate().getEncoded()));
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
