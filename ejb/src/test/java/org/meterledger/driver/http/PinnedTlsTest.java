package org.meterledger.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.Security;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Endpoint.CertificatePin;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/** Devices issue their own certificates, and some speak old TLS. */
@Timeout(60)
class PinnedTlsTest {

  private static final TestCertificate FIRST = TestCertificate.issue("G13");
  private static final TestCertificate OTHER = TestCertificate.issue("G13");
  private static final String OK =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nLink: /lasterror/0\r\n\r\n"
          + "4\r\n{\"a\"\r\n3\r\n:1}\r\n0\r\n\r\n";

  private final HttpTransport transport = new HttpTransport();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private URI server(TestCertificate certificate) throws IOException {
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes());
          exchange.close();
        });
    server.start();
    open.add(() -> server.stop(0));
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  private URI oldServer(String answer) throws IOException {
    var server = new OldTlsServer(FIRST, answer);
    open.add(server);
    return server.uri();
  }

  private static Endpoint.Http pinned(URI base, String sha256, boolean oldTls) {
    return new Endpoint.Http(
        base,
        "admin",
        "secret",
        Duration.ofSeconds(5),
        new CertificatePin(sha256, oldTls),
        ZoneOffset.UTC);
  }

  private Answer get(Endpoint.Http endpoint) {
    return transport.get(endpoint, "/about", 1000);
  }

  @Test
  void pinnedCertificateIsTrustedWhateverItsName() throws IOException {
    assertThat(get(pinned(server(FIRST), FIRST.sha256(), false)).text()).isEqualTo("ok");
  }

  @Test
  void withoutPinTheDevicesOwnCertificateIsNot() throws IOException {
    var plain = new Endpoint.Http(server(FIRST), null, null, Duration.ofSeconds(5));

    assertThat(get(plain).fault().kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void anotherCertificateIsNamedAndNotRetried() throws IOException {
    var fault = get(pinned(server(OTHER), FIRST.sha256(), false)).fault();

    assertThat(fault.kind()).isEqualTo(Kind.INVALID_DATA);
    assertThat(fault.detail())
        .contains("another certificate than the one it is known by", OTHER.sha256());
  }

  @Test
  void aConnectionIsNotSharedWithAnotherPin() throws IOException {
    var base = server(FIRST);
    get(pinned(base, FIRST.sha256(), false));

    assertThat(get(pinned(base, OTHER.sha256(), false)).fault().kind())
        .isEqualTo(Kind.INVALID_DATA);
  }

  @Test
  void aPinWantsHttps() {
    var plain = pinned(URI.create("http://127.0.0.1:1"), FIRST.sha256(), false);

    assertThat(get(plain).fault().detail()).contains("not an https address");
  }

  @Test
  void oldTlsIsNamedInTheFault() throws IOException {
    var fault = get(pinned(oldServer(OK), FIRST.sha256(), false)).fault();

    assertThat(fault.kind()).isEqualTo(Kind.INVALID_DATA);
    assertThat(fault.detail()).contains("speaks no newer TLS than TLS 1.0");
  }

  @Test
  void oldTlsIsSpokenWhereItIsAllowedAndNowhereElse() throws IOException {
    var forbidden = Security.getProperty("jdk.tls.disabledAlgorithms");
    var reply =
        transport.send(
            pinned(oldServer(OK), FIRST.sha256(), true), Call.json("POST", "/x", "{}"), 1000);

    assertThat(reply.fault()).isNull();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(new String(reply.body())).isEqualTo("{\"a\":1}");
    assertThat(reply.header("link")).contains("/lasterror/0");
    assertThat(Security.getProperty("jdk.tls.disabledAlgorithms")).isEqualTo(forbidden);
    assertThat(Security.getProviders()).noneMatch(provider -> provider.getName().startsWith("BC"));
  }

  @Test
  void oldTlsIsPinnedToo() throws IOException {
    var fault = get(pinned(oldServer(OK), OTHER.sha256(), true)).fault();

    assertThat(fault.kind()).isEqualTo(Kind.INVALID_DATA);
    assertThat(fault.detail()).contains(FIRST.sha256());
  }

  @Test
  void oldTlsKeepsWhatCameBeforeACut() throws IOException {
    var reply =
        transport.send(
            pinned(
                oldServer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"),
                FIRST.sha256(),
                true),
            Call.get("/x"),
            1000);

    assertThat(reply.fault().kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(new String(reply.body())).isEqualTo("12345");
  }

  @Test
  void oldTlsIsBoundedInSize() throws IOException {
    var reply =
        transport.send(
            pinned(
                oldServer("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + "1".repeat(99)),
                FIRST.sha256(),
                true),
            Call.get("/x"),
            98);

    assertThat(reply.fault().detail()).contains("larger answer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -1", "Content-Length: +5", "Content-Length: 99999999999999999999",
        "Content-Length: five", "Content-Length:", "Transfer-Encoding: chunked"
      })
  void oldTlsTakesNoSizeThatIsNone(String header) throws IOException {
    var answer = "HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n-1\r\n12345";
    var reply =
        transport.send(pinned(oldServer(answer), FIRST.sha256(), true), Call.get("/x"), 1000);

    assertThat(reply.fault().kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void oldTlsLeavesAFloodOfHeaders() throws IOException {
    var answer = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(100_000) + "\r\n";
    var reply =
        transport.send(pinned(oldServer(answer), FIRST.sha256(), true), Call.get("/x"), 1000);

    assertThat(reply.fault().detail()).contains("larger answer");
  }

  @Test
  void nobodyThereIsUnreachableByOldTlsToo() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var fault = get(pinned(URI.create("https://127.0.0.1:" + port), FIRST.sha256(), true)).fault();

    assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
  }

  private static ServerCertificate shown(URI base) {
    var result = ServerCertificate.shownBy(base, Duration.ofSeconds(5));
    assertThat(result).isInstanceOf(ReadResult.Complete.class);
    return ((ReadResult.Complete<ServerCertificate>) result).value();
  }

  @Test
  void firstContactShowsTheCertificate() throws IOException {
    var shown = shown(server(FIRST));

    assertThat(shown.sha256()).isEqualTo(FIRST.sha256());
    assertThat(shown.subject()).isEqualTo("CN=G13");
    assertThat(shown.validFrom()).isEqualTo("2012-01-01T00:00:00Z");
    assertThat(shown.validUntil()).isEqualTo("2031-12-27T00:00:00Z");
    assertThat(shown.tls()).isEqualTo("TLS 1.3");
    assertThat(shown.oldTls()).isFalse();
  }

  @Test
  void firstContactNamesOldTls() throws IOException {
    var shown = shown(oldServer(OK));

    assertThat(shown.sha256()).isEqualTo(FIRST.sha256());
    assertThat(shown.tls()).isEqualTo("TLS 1.0");
    assertThat(shown.oldTls()).isTrue();
  }

  @Test
  void firstContactWithNoTlsAtAllIsAFault() {
    var server = new RawServer((path, out) -> {});
    open.add(server);
    var base = URI.create(server.uri().toString().replace("http:", "https:"));

    assertThat(ServerCertificate.shownBy(base, Duration.ofSeconds(2)))
        .isInstanceOf(ReadResult.Failed.class);
    assertThat(ServerCertificate.shownBy(server.uri(), Duration.ofSeconds(2)))
        .isInstanceOf(ReadResult.Failed.class);
  }

  @Test
  void fingerprintIsTakenAsPeopleWriteIt() {
    var written = FIRST.sha256().replaceAll("(..)(?=.)", "$1:").toUpperCase(Locale.ROOT);

    assertThat(new CertificatePin(written, false).sha256()).isEqualTo(FIRST.sha256());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CertificatePin("abc", false))
        .withMessageContaining("Not a SHA-256 fingerprint");
  }
}
