package org.meterledger.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostingTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Posting posting =
      new Posting((SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofSeconds(1));

  private static AddressRules.Checked to(String url) {
    var rules =
        new AddressRules(
            "127.0.0.0/8", host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    return rules.check(url);
  }

  private Posting.Outcome answeredWith(String answer) throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture.runAsync(
          () -> {
            try (var socket = server.accept()) {
              socket.getInputStream().read();
              socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
              socket.shutdownOutput();
              socket.getInputStream().readAllBytes();
            } catch (IOException e) {
              // the test sees it as an answer that does not come
            }
          });
      return posting.post(to("http://a.example:" + server.getLocalPort()), Map.of(), "{}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK\r\n\r\n', 200, ",
    "'HTTP/1.0 299\n\n', 299, ",
    "'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 202 A\r\n\r\n', 202,",
    "'HTTP/1.1 404 Not Found\r\nX: y\r\n\r\n<html>', 404, Answered with status 404",
    "'SSH-2.0-OpenSSH_9.6\r\n', , answers with something that is not HTTP",
    "'HTTP/1.1 99999 OK\r\n\r\n', , answers with something that is not HTTP",
    "'HTTP/1.1 200 OK\r\nX: y', , closed the connection before it answered",
    "'', , closed the connection before it answered"
  })
  void onlyACompleteHeadIsAnAnswer(String answer, Integer status, String fault) throws IOException {
    var outcome = answeredWith(answer);
    assertThat(outcome.status()).isEqualTo(status);
    if (fault == null) {
      assertThat(outcome.fault()).isNull();
    } else {
      assertThat(outcome.fault()).endsWith(fault);
    }
  }

  @Test
  void aHeadWithoutEndIsRefused() throws IOException {
    var outcome = answeredWith("HTTP/1.1 200 OK\r\n" + "X: 0123456789\r\n".repeat(2_000));
    assertThat(outcome.fault()).endsWith("answers with something that is not HTTP");
    assertThat(answeredWith("x".repeat(40_000)).fault()).endsWith("that is not HTTP");
  }

  /** Each byte comes in time, the whole does not. */
  @Test
  void aHeadThatDripsIsWaitedForNoLongerThanASilence() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture.runAsync(() -> drip(server));
      long begin = System.nanoTime();
      var outcome = posting.post(to("http://a.example:" + server.getLocalPort()), Map.of(), "{}");
      assertThat(outcome.fault()).startsWith("No answer of a.example").endsWith("within 1 s");
      assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }
  }

  private static void drip(ServerSocket server) {
    try (var socket = server.accept()) {
      while (true) {
        socket.getOutputStream().write('H');
        socket.setSoTimeout(50);
        try {
          socket.getInputStream().read();
        } catch (java.net.SocketTimeoutException e) {
          // the pace
        }
      }
    } catch (IOException e) {
      // the other side has enough
    }
  }

  @Test
  void whoDoesNotReadIsClosed() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setReceiveBufferSize(4096);
      var to = to("http://a.example:" + server.getLocalPort());
      var outcome =
          CompletableFuture.supplyAsync(() -> posting.post(to, Map.of(), "x".repeat(64 << 20)));
      try (Socket accepted = server.accept()) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!outcome.isDone() && System.nanoTime() < end) {
          posting.closeLate(); // as each tick does
          Thread.onSpinWait();
        }
        assertThat(accepted.isConnected()).isTrue();
      }
      assertThat(outcome.get(1, TimeUnit.SECONDS).fault()).startsWith("No answer of a.example");
    }
  }

  @Test
  void theCertificateMustBeThatOfTheName(@TempDir Path folder) throws Exception {
    var keys = keyStore(folder);
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    try (var receiver = new Receiver(server)) {
      var trusting = new Posting(context(keys).getSocketFactory(), Duration.ofSeconds(5));
      String port = ":" + receiver.port() + "/";

      assertThat(trusting.post(to("https://hooks.example" + port), Map.of("Webhook-Id", "1"), "{}"))
          .isEqualTo(new Posting.Outcome(204, null));
      assertThat(trusting.post(to("https://other.example" + port), Map.of(), "{}").fault())
          .startsWith("No secure connection to other.example");
      assertThat(posting.post(to("https://hooks.example" + port), Map.of(), "{}").fault())
          .startsWith("No secure connection to hooks.example");
      assertThat(receiver.received()).hasSize(1);
    }
  }

  private static KeyStore keyStore(Path folder) throws Exception {
    var file = folder.resolve("keys.p12");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=hooks.example",
                "-ext",
                "san=dns:hooks.example",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private static SSLContext context(KeyStore keys) throws Exception {
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    var known = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", keys.getCertificate("a"));
    known.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), known.getTrustManagers(), null);
    return context;
  }
}
