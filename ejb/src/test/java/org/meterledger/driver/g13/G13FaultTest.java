package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.refusal;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.g13.G13Server.Response;

/** What goes wrong with a gateway, and how it is told. */
@Timeout(60)
class G13FaultTest {

  private final G13Server server = new G13Server().examples();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void wrongPasswordIsDenied() {
    var endpoint = server.endpoint("wrong", Duration.ofSeconds(5), ZoneOffset.UTC);
    var fault = failure(G13Server.driver().gateway(endpoint).about());

    assertThat(fault.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(fault.detail()).contains("refuses the password").doesNotContain("wrong");
  }

  @ParameterizedTest
  @CsvSource({
    "200, received READ_WRITE_DENIED response from COSEM, ACCESS_DENIED",
    "403, Forbidden Access Denied, ACCESS_DENIED",
    "200, URI not found., UNSUPPORTED",
    "404, URI not found., UNSUPPORTED",
    "400, JSON parse error, INVALID_DATA",
    "400, missing name and key tag in JSON, INVALID_DATA",
    "401, Invalid Request, ACCESS_DENIED",
    "500, received invalid response from COSEM., PROTOCOL",
    "200, received invalid response from COSEM., PROTOCOL",
    "502, Inetrnal Server Error, PROTOCOL"
  })
  void theBodyDecidesWhateverTheStatus(int status, String des, Kind kind) {
    server.on("DELETE /meters/ABB_8/demand", any -> Response.error(status, des));

    assertThat(refusal(server.meter().demand().clear()).kind()).isEqualTo(kind);
    server.on("GET /about", any -> Response.error(status, des));
    assertThat(failure(server.gateway().about()).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[1,2]",
        "42",
        "{\"serial\":{}}",
        "{\"serial\":\"\",\"firmwareversion\":\"1\",\"jsonapiversion\":\"0.9\"}",
        "{\"serial\":\"1\",\"firmwareversion\":\"1\",\"jsonapiversion\":\"0.9\","
            + "\"releasedate\":\"soon\"}",
        "{\"serial\": 1e999999999",
        "not json",
        "<html>A printer</html>"
      })
  void nonsenseIsAFaultAndNothingIsKept(String body) {
    server.on("GET /about", body);

    assertThat(failure(server.gateway().about()).kind()).isIn(Kind.PROTOCOL, Kind.INVALID_DATA);
  }

  @Test
  void deepNestingIsNotFollowed() {
    server.on("GET /about", "[".repeat(100_000));

    assertThat(failure(server.gateway().about()).kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void cutBodyIsAFaultOfItsConnection() {
    server.on("GET /about", any -> new Response(200, "application/json", "{\"serial\":", 0, true));

    assertThat(failure(server.gateway().about()).detail())
        .contains("closed the connection before its answer was complete");
  }

  @Test
  void cutAnswerToACommandLeavesItOpen() {
    server.on(
        "DELETE /gateway/events", any -> new Response(200, "application/json", "{\"stat", 0, true));

    assertThat(server.gateway().clearEvents()).isInstanceOf(CommandResult.Unconfirmed.class);
  }

  @Test
  void lostAnswerToAWriteIsReadBack() {
    server.on("POST /gateway", any -> new Response(200, "application/json", "{\"stat", 0, true));
    var there = new Naming("ABBXXXXXXXXXXXX01", "Gateway", "All Location");

    assertThat(server.gateway().rename(there).result()).isInstanceOf(CommandResult.Accepted.class);
    assertThat(server.gateway().rename(new Naming("ABBXXXXXXXXXXXX01", "Other", "Here")).result())
        .isInstanceOf(CommandResult.Refused.class);
  }

  @Test
  void writeThatCannotBeReadBackIsUnconfirmed() {
    server
        .on("POST /gateway", "{\"status\":\"success\"}")
        .on("GET /gateway", any -> Response.error(500, "Inetrnal Server Error"));
    var written = server.gateway().rename(new Naming("ABB_1", "Other", "Here"));

    assertThat(written.result()).isInstanceOf(CommandResult.Unconfirmed.class);
    assertThat(written.now()).isNull();
  }

  @Test
  void answerGoesWithTheFaultWithoutItsSecrets() {
    var body =
        "{\"status\":\"error\",\"des\":\"no\",\"key\":\"user4321\",\"seen\":\"%s\",\"fill\":\"%s\"}"
            .formatted(G13Server.PASSWORD, "x".repeat(5000));
    server.on("GET /about", any -> new Response(500, "application/json", body, 0, false));
    var answer = failure(server.gateway().about()).answer();

    assertThat(answer)
        .startsWith("HTTP 500\n{\"status\"")
        .contains("\"key\":\"***\"", "\"seen\":\"***\"")
        .doesNotContain("user4321", G13Server.PASSWORD)
        .hasSize(Fault.LONGEST_ANSWER);
  }

  @Test
  void whatIsSentDoesNotComeBackWithTheFault() {
    server.on("PUT /users", any -> Response.error(500, "cannot use newkey42 for bob"));
    var fault = refusal(server.gateway().users().add("bob", "newkey42"));

    assertThat(fault.detail()).endsWith("cannot use *** for bob");
    assertThat(fault.answer()).doesNotContain("newkey42").contains("for bob");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<html>\0A printer</html>", "\0\1\2", "{\"serial\":", "[1,2", "\ufffd\u0080"})
  void nonsenseGoesWithTheFaultAsItCame(String body) {
    server.on("GET /about", body);

    assertThat(failure(server.gateway().about()).answer())
        .isEqualTo(
            "HTTP 200\n"
                + body.replace("\0", "\\x00")
                    .replace("\1", "\\x01")
                    .replace("\2", "\\x02")
                    .replace("\u0080", "\\x80"));
  }

  @Test
  void whatCameBeforeACutGoesWithTheFault() {
    server.on("GET /about", any -> new Response(200, "application/json", "{\"serial\":", 0, true));

    assertThat(failure(server.gateway().about()).answer()).isEqualTo("HTTP 200\n{\"serial\":");
  }

  @Test
  void tooLargeAnAnswerIsNotCollected() {
    server.on("GET /about", "[" + "0,".repeat(2_200_000) + "0]");

    assertThat(failure(server.gateway().about()).detail()).contains("larger answer");
  }

  @Test
  void silenceIsATimeout() throws Exception {
    var never = new CountDownLatch(1);
    server.on(
        "GET /about",
        any -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Response.json("{}");
        });
    var endpoint = server.endpoint(G13Server.PASSWORD, Duration.ofMillis(300), ZoneOffset.UTC);
    var fault = failure(G13Server.driver().gateway(endpoint).about());
    never.countDown();

    assertThat(fault.kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void noRequestHasAQuery() {
    try (var session = server.session()) {
      session.readRegisters();
      session.readSettings();
      session.readBilling(10);
    }

    assertThat(server.requests()).isNotEmpty().noneMatch(request -> request.path().contains("?"));
  }

  @Test
  void payloadOfMoreThan512BytesIsNotSent() {
    var days =
        java.util.stream.IntStream.rangeClosed(1, 8)
            .mapToObj(
                i ->
                    new TariffSeason(
                        "A season with a long name " + i, i, 1, "A week with a long name " + i))
            .toList();
    var fault = refusal(server.meter().tariffs().setSeasons(days));

    assertThat(fault.detail()).contains("at most 512 bytes", "was not sent");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void oneConversationAtATime() throws Exception {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    server.on(
        "GET /about",
        any -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          Thread.yield();
          now.decrementAndGet();
          return Response.json(G13Server.example("abb-g13-gateway/about"));
        });
    var driver = G13Server.driver();
    var threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 12; i++) {
      threads.execute(() -> driver.gateway(server.endpoint()).about());
    }
    threads.shutdown();
    threads.awaitTermination(30, java.util.concurrent.TimeUnit.SECONDS);

    assertThat(server.requests()).hasSize(12);
    assertThat(most).hasValue(1);
  }
}
