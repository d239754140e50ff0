package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterledger.simulators.g13.G13Wired.GATEWAY;

import java.io.IOException;
import java.net.ServerSocket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  /** The certificate that a new connection sees. */
  private static X509Certificate seen(G13Wired wired, String... protocols) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            G13Wired.trustingAll().getSocketFactory().createSocket("127.0.0.1", wired.port())) {
      if (protocols.length > 0) {
        socket.setEnabledProtocols(protocols);
      }
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static GatewaySettings speaking(String... protocols) {
    return GatewaySettings.of(GATEWAY, List.of()).speaking(protocols);
  }

  @Test
  void certificateIsSelfIssued() throws Exception {
    try (G13Wired wired = new G13Wired()) {
      X509Certificate certificate = seen(wired);
      assertThat(certificate).isEqualTo(wired.gateway.certificate());
      assertThat(certificate.getSubjectX500Principal())
          .isEqualTo(certificate.getIssuerX500Principal());
      assertThat(certificate.getSubjectX500Principal().getName()).contains("CN=" + GATEWAY);
      certificate.verify(certificate.getPublicKey());
      certificate.checkValidity();
    }
  }

  @Test
  void certificateChangesWithItsKey() throws Exception {
    try (G13Wired wired = new G13Wired()) {
      X509Certificate before = seen(wired);
      wired.gateway.changeCertificate();
      X509Certificate after = seen(wired);
      assertThat(after).isNotEqualTo(before).isEqualTo(wired.gateway.certificate());
      assertThat(after.getPublicKey()).isNotEqualTo(before.getPublicKey());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"})
  void eachVersionOnItsOwn(String protocol) throws Exception {
    try (G13Wired wired = new G13Wired(speaking(protocol))) {
      assertThat(seen(wired, protocol)).isEqualTo(wired.gateway.certificate());
      String other = protocol.equals("TLSv1.2") ? "TLSv1.1" : "TLSv1.2";
      assertThatThrownBy(() -> seen(wired, other)).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void oldGatewayIsNotReachedWithTodaysVersions() throws Exception {
    try (G13Wired wired = new G13Wired(speaking("TLSv1", "TLSv1.1"))) {
      assertThatThrownBy(() -> seen(wired, "TLSv1.2", "TLSv1.3")).isInstanceOf(SSLException.class);
      seen(wired, "TLSv1", "TLSv1.1", "TLSv1.2");
    }
  }

  @Test
  void takenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> G13Simulator.start(List.of(speaking("TLSv1.2")), port))
          .hasMessageContaining("Port " + port);
    }
  }
}
