package org.meterledger.driver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault.Kind;

@Timeout(30)
class HttpTransportTest {

  private static final int LARGEST = 1 << 20;

  private final HttpTransport transport = new HttpTransport();
  private final CountDownLatch never = new CountDownLatch(1);
  private RawServer server;

  @AfterEach
  void stop() {
    never.countDown();
    if (server != null) {
      server.close();
    }
  }

  private Answer get(RawServer.Script script) {
    server = new RawServer(script);
    return get(server.uri(), null);
  }

  private Answer get(URI base, String password) {
    var user = password == null ? null : "admin";
    var endpoint = new Endpoint.Http(base, user, password, Duration.ofMillis(500));
    return transport.get(endpoint, "/data/?last=1", LARGEST);
  }

  @Test
  void wholeAnswerIsGiven() {
    var answer = get((path, out) -> RawServer.ok(out, "text/csv", "a;b\n"));

    assertThat(answer.complete()).isTrue();
    assertThat(answer.announced()).isTrue();
    assertThat(answer.text()).isEqualTo("a;b\n");
    assertThat(server.requests()).containsExactly("/data/?last=1");
    assertThat(server.heads().get(0)).doesNotContainIgnoringCase("authorization");
  }

  @Test
  void passwordIsSentUnasked() {
    server = new RawServer((path, out) -> RawServer.ok(out, "text/csv", "x"));

    get(server.uri(), "geheim");

    assertThat(server.heads().get(0)).contains("Authorization: Basic YWRtaW46Z2VoZWlt");
  }

  @ParameterizedTest
  @CsvSource({
    "301 Moved, INVALID_DATA, redirects to http://elsewhere.example/x",
    "302 Found, INVALID_DATA, redirects to http://elsewhere.example/x",
    "401 Unauthorized, ACCESS_DENIED, wants a password",
    "403 Forbidden, ACCESS_DENIED, refuses access",
    "404 Not Found, UNSUPPORTED, does not have what was asked for",
    "500 Error, PROTOCOL, answers with HTTP status 500",
    "503 Unavailable, BUSY, asks to come back later (HTTP status 503)",
    "418 Teapot, PROTOCOL, answers with HTTP status 418",
  })
  void statusIsToldInWords(String status, Kind kind, String words) {
    var answer =
        get(
            (path, out) ->
                RawServer.head(
                    out, status, "Location: http://elsewhere.example/x", "Content-Length: 0"));

    assertThat(answer.fault().kind()).isEqualTo(kind);
    assertThat(answer.fault().detail()).isEqualTo(server.uri() + " " + words);
    assertThat(answer.body()).isEmpty();
    assertThat(server.requests()).as("not followed, not repeated").hasSize(1);
  }

  @Test
  void wrongPasswordIsToldWithoutThePassword() {
    server = new RawServer((path, out) -> RawServer.head(out, "401 No", "Content-Length: 0"));

    var fault = get(server.uri(), "geheim").fault();

    assertThat(fault.detail()).isEqualTo(server.uri() + " refuses the password");
    assertThat(fault.toString()).doesNotContain("geheim");
  }

  @Test
  void nobodyThereIsUnreachable() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var base = URI.create("http://127.0.0.1:" + port);

    var fault = get(base, null).fault();

    assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(fault.detail()).isEqualTo("Nobody listens at " + base);
  }

  @Test
  void unknownNameIsUnreachable() {
    var fault = get(URI.create("http://no-such-meter.invalid"), null).fault();

    assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(fault.detail()).contains("http://no-such-meter.invalid");
  }

  @ParameterizedTest
  @CsvSource({"http:", "meter", "ftp://10.0.0.7", "'http://:80'"})
  void addressThatIsNoneIsUnreachable(String address) {
    assertThat(get(URI.create(address.equals("http:") ? "http:x" : address), null).fault().kind())
        .isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void silenceIsATimeoutAfterOneMoreTry() {
    var answer = get((path, out) -> never.await());

    assertThat(answer.fault().kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(answer.fault().detail()).contains(server.uri().toString());
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void bodyThatDripsEndsAndWhatCameIsKept() {
    var answer =
        get(
            (path, out) -> {
              RawServer.head(out, "200 OK", "Content-Length: 1000000");
              out.write("row\n".getBytes(StandardCharsets.UTF_8));
              out.flush();
              never.await();
            });

    assertThat(answer.fault().kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(answer.text()).isEqualTo("row\n");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void longBodyMayTakeLongerThanOneTimeoutWhileItComes() {
    var part = "x".repeat(16 << 10);
    var answer =
        get(
            (path, out) -> {
              RawServer.head(out, "200 OK", "Content-Length: " + 6 * part.length());
              for (int i = 0; i < 6; i++) {
                out.write(part.getBytes(StandardCharsets.UTF_8));
                out.flush();
                never.await(150, java.util.concurrent.TimeUnit.MILLISECONDS);
              }
            });

    assertThat(answer.complete()).isTrue();
    assertThat(answer.body()).hasSize(6 * part.length());
  }

  @Test
  void cutBodyIsKeptAndNamed() {
    var answer =
        get(
            (path, out) -> {
              RawServer.head(out, "200 OK", "Content-Length: 100");
              out.write("half".getBytes(StandardCharsets.UTF_8));
            });

    assertThat(answer.fault().kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(answer.text()).isEqualTo("half");
  }

  @Test
  void endThatNobodyAnnouncedIsMarked() {
    var answer =
        get(
            (path, out) -> {
              RawServer.head(out, "200 OK", "Content-Type: text/csv");
              out.write("all or half".getBytes(StandardCharsets.UTF_8));
            });

    assertThat(answer.complete()).isTrue();
    assertThat(answer.announced()).isFalse();
  }

  @Test
  void chunksAnnounceTheirEnd() {
    var answer =
        get(
            (path, out) -> {
              RawServer.head(out, "200 OK", "Transfer-Encoding: chunked");
              out.write("3\r\nabc\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            });

    assertThat(answer.complete()).isTrue();
    assertThat(answer.announced()).isTrue();
    assertThat(answer.text()).isEqualTo("abc");
  }

  @Test
  void endlessBodyIsLeftAtTheLimit() {
    var sent = new AtomicLong();
    var block = new byte[64 << 10];
    var answer =
        get(
            (path, out) -> {
              RawServer.head(out, "200 OK", "Content-Type: text/csv");
              while (true) {
                out.write(block);
                sent.addAndGet(block.length);
              }
            });

    assertThat(answer.fault().kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(answer.fault().detail()).contains("larger answer");
    assertThat(answer.body()).isEmpty();
    assertThat(sent.get()).isLessThan(64L << 20);
    assertConnectionIsGivenUp();
  }

  @Test
  void silentConnectionIsGivenUp() {
    get((path, out) -> waitUntilClosed(out));

    assertConnectionIsGivenUp();
  }

  /** Writing to a closed connection fails sooner or later; until then nothing more is sent. */
  private void waitUntilClosed(java.io.OutputStream out) throws IOException, InterruptedException {
    RawServer.head(out, "200 OK", "Content-Length: 1000000");
    while (!never.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      out.write('.');
      out.flush();
    }
  }

  private void assertConnectionIsGivenUp() {
    var until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (server.connectionsOpen() > 0 && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    assertThat(server.connectionsOpen()).isZero();
  }

  @Test
  void whatIsNotHttpIsNamed() {
    var answer =
        get((path, out) -> out.write("SSH-2.0-meter\r\n\r\n".getBytes(StandardCharsets.UTF_8)));

    assertThat(answer.fault().kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void floodOfHeadersEnds() {
    var line = ("X-" + "y".repeat(1000) + ": z\r\n").getBytes(StandardCharsets.ISO_8859_1);
    var answer =
        get(
            (path, out) -> {
              out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.ISO_8859_1));
              for (int i = 0; i < 20_000; i++) {
                out.write(line);
              }
            });

    assertThat(answer.fault().kind()).isIn(Kind.PROTOCOL, Kind.TIMEOUT);
  }

  @Test
  void compressedAnswerIsNotInflated() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(packed)) {
      zip.write(new byte[1_000_000]);
    }
    var size = "Content-Length: " + packed.size();
    var answer =
        get(
            (path, out) -> {
              RawServer.head(out, "200 OK", "Content-Encoding: gzip", size);
              out.write(packed.toByteArray());
            });

    assertThat(answer.body()).isEqualTo(packed.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-5\r\n12345\r\n0\r\n\r\n", "zz\r\n12345", "7fffffff\r\n1", "5\r\n1234567"})
  void brokenChunksAreNoWholeAnswer(String chunks) {
    var answer =
        get(
            (path, out) -> {
              RawServer.head(out, "200 OK", "Transfer-Encoding: chunked");
              out.write(chunks.getBytes(StandardCharsets.ISO_8859_1));
            });

    assertThat(answer.complete()).isFalse();
  }
}
