package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/** A server behind a proxy that ends HTTPS; the tests are the proxy. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class HttpsOnlyIT {

  private static final String[] HTTPS = {"X-Forwarded-Proto", "https"};

  /** As an attacker behind a proxy that adds the true address: the first one is made up. */
  private static final String[] ADDRESS = {"X-Forwarded-For", "198.51.100.1, 203.0.113.7"};

  private Database database;
  private ServerProcess server;
  private ApiToken token;
  private Browser browser;

  @BeforeAll
  void start() throws Exception {
    database = Database.temporary();
    server =
        ServerProcess.inNew(ServerProcess.ofThisRun("https-only"))
            .with(database)
            .with("METERLEDGER_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32]))
            .with("METERLEDGER_ADMIN_PASSWORD", "a long enough secret")
            .with("METERLEDGER_BEHIND_PROXY", true)
            .with("METERLEDGER_HTTPS_ONLY", true)
            .with("METERLEDGER_RATE_ACCOUNT", 60)
            .with("METERLEDGER_RATE_ADDRESS", 100)
            .start()
            .awaitReady();
    browser = new Browser(server.uri());
    token = ApiToken.issued(database, "admin");
  }

  @AfterAll
  void stop() {
    server.close();
    database.close();
  }

  private HttpResponse<String> page(String path, String... headers) throws Exception {
    return browser.get(path, headers);
  }

  private HttpResponse<String> account(String... headers) throws Exception {
    return new ApiClient(server.uri(), token.text()).get("account", headers);
  }

  private static String[] and(String[] one, String... other) {
    return java.util.stream.Stream.of(one, other)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }

  @Test
  @Order(1)
  void peopleAreLedToHttps() throws Exception {
    for (String path : new String[] {"/login.xhtml?to=%2Fx", "/nothing?a=b%20c"}) {
      var answer = page(path, "X-Forwarded-Proto", "http");
      assertThat(answer.statusCode()).isEqualTo(308);
      assertThat(answer.headers().firstValue("Location")).contains("https://localhost" + path);
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }
  }

  @Test
  @Order(2)
  void aProgramThatSentItsTokenInTheClearIsToldSo() throws Exception {
    var answer = account("X-Forwarded-Proto", "http");

    Portal.assertProblem(answer, 403);
    assertThat(answer.body()).contains("HTTPS").contains("new token");
  }

  @Test
  @Order(3)
  void byHttpsCookiesAreForHttpsOnly() throws Exception {
    var answer = page("/login.xhtml", HTTPS);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Strict-Transport-Security"))
        .contains("max-age=31536000; includeSubDomains");
    assertThat(answer.headers().allValues("Set-Cookie"))
        .isNotEmpty()
        .allSatisfy(
            cookie ->
                assertThat(cookie.toLowerCase())
                    .startsWith("__host-")
                    .contains("; secure")
                    .contains("httponly")
                    .contains("samesite=lax")
                    .contains("path=/")
                    .doesNotContain("domain="));
    assertThat(account(HTTPS).statusCode()).isEqualTo(200);
  }

  @Test
  @Order(4)
  void whatACallerSaysOfItselfIsNotBelieved() throws Exception {
    new ApiClient(server.uri(), "mla_wrong").get("account", and(HTTPS, ADDRESS));

    assertThat(Files.readString(server.directory().resolve("log/security.log")))
        .contains("event=TOKEN_REFUSED address=\"203.0.113.7\"")
        .doesNotContain("198.51.100.1");
  }

  @Test
  @Order(5)
  void anAccountThatRunsWildHoldsUpNobodyElse() throws Exception {
    var refused = account(HTTPS);
    for (int i = 0; i < 200 && refused.statusCode() == 200; i++) {
      refused = account(and(HTTPS, "X-Forwarded-For", "203.0.113." + i));
    }
    Portal.assertProblem(refused, 429);
    assertThat(refused.headers().firstValue("Retry-After")).get().asString().matches("[1-9]");
    assertThat(page("/login.xhtml", HTTPS).statusCode()).isEqualTo(200);
    try (var other = ApiToken.issued(database, "admin")) {
      assertThat(new ApiClient(server.uri(), other.text()).get("account", HTTPS).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  @Order(6)
  void anAddressThatRunsWildHoldsUpNobodyElse() throws Exception {
    String[] from = and(HTTPS, "X-Forwarded-For", "198.51.100.9");
    var refused = page("/login.xhtml", from);
    for (int i = 0; i < 400 && refused.statusCode() == 200; i++) {
      refused = page("/login.xhtml", from);
    }
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.body()).contains("Too many requests");
    assertThat(page("/jakarta.faces.resource/favicon.svg.xhtml?ln=meterledger", from).statusCode())
        .isEqualTo(200);
    assertThat(page("/login.xhtml", HTTPS).statusCode()).isEqualTo(200);
    assertThat(Files.readString(server.directory().resolve("log/security.log")))
        .contains("event=RATE_LIMITED address=\"198.51.100.9\"");
  }
}
