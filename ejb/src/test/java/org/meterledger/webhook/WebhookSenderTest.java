package org.meterledger.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.webhook.WebhookDelivery.State.DELIVERED;
import static org.meterledger.webhook.WebhookDelivery.State.FAILED;
import static org.meterledger.webhook.WebhookDelivery.State.QUEUED;
import static org.meterledger.webhook.WebhookEvent.ALARM;
import static org.meterledger.webhook.WebhookEvent.OPERATION_ENDED;
import static org.meterledger.webhook.WebhookFixture.ROWS_OVERWRITTEN;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterledger.server.Node;
import org.meterledger.server.OneTransaction;
import org.meterledger.server.TestDatabase;

class WebhookSenderTest {

  private final WebhookFixture fixture = new WebhookFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anOperationThatEndedIsTold() {
    fixture.webhook();
    long operation = fixture.operation();
    fixture.tick();
    assertThat(fixture.received()).isEmpty();

    fixture.end(fixture.database, operation, "SUCCEEDED");
    fixture.tick();
    fixture.tick();

    assertThat(fixture.received())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.method() + " " + message.path()).isEqualTo("POST /hook?token=t-7");
              assertThat(message.headers()).containsEntry("content-type", "application/json");
              var body = WebhookFixture.json(message);
              assertThat(body.getString("type")).isEqualTo("OPERATION_ENDED");
              assertThat(body.getString("at")).isEqualTo("2026-11-21T08:00:00Z");
              assertThat(body.getString("meter")).isEqualTo(fixture.serial);
              var told = body.getJsonObject("operation");
              assertThat(told.getString("id")).isEqualTo(String.valueOf(operation));
              assertThat(told.getString("kind")).isEqualTo("READ_REGISTERS");
              assertThat(told.getString("state")).isEqualTo("SUCCEEDED");
              assertThat(told.getString("correlationId")).isEqualTo("c-1");
              assertThat(told).doesNotContainKeys("fault", "detail", "group", "bundle");
              assertThat(told.getJsonObject("result").toString()).contains("12.340");
            });
  }

  @Test
  void howeverAnOperationEndsItIsToldOnce() {
    fixture.webhook();
    for (String state : List.of("FAILED", "EXPIRED", "CANCELLED")) {
      long operation = fixture.operation();
      fixture.end(fixture.database, operation, state);
      fixture.end(fixture.database, operation, state);
    }
    fixture.tick();

    assertThat(fixture.received())
        .extracting(m -> WebhookFixture.json(m).getJsonObject("operation").getString("state"))
        .containsExactlyInAnyOrder("FAILED", "EXPIRED", "CANCELLED");
  }

  @Test
  void anAlarmIsToldAndNoOtherLine() {
    fixture.webhook();
    for (int code = 1; code <= 4; code++) {
      fixture.line(fixture.database, fixture.meterId, code);
      fixture.line(fixture.database, fixture.meterId, code);
    }
    fixture.tick();

    assertThat(fixture.received())
        .singleElement()
        .satisfies(
            message -> {
              var body = WebhookFixture.json(message);
              assertThat(body.getString("type")).isEqualTo("ALARM");
              assertThat(body.getString("meter")).isEqualTo(fixture.serial);
              var alarm = body.getJsonObject("alarm");
              assertThat(alarm.getString("logbook")).isEqualTo("0-0:99.98.128*255");
              assertThat(alarm.getInt("code")).isEqualTo(ROWS_OVERWRITTEN);
              assertThat(alarm.getString("severity")).isEqualTo("ALARM");
              assertThat(alarm.getString("meaning"))
                  .isEqualTo("The meter overwrote rows before they were read");
              assertThat(alarm.getString("at")).isEqualTo("2026-11-21T08:00:00Z");
              assertThat(alarm.getString("notedAt")).isEqualTo("2026-11-21T08:00:01Z");
              assertThat(alarm.getJsonObject("detail").getString("to")).isEqualTo("9");
            });
  }

  /** Computed here with nothing but the JDK, as a receiver would. */
  @Test
  void theReceiverCanVerifyTheSignature() throws Exception {
    var details = fixture.details(fixture.receiver.url(), ALARM);
    String secret = fixture.add(details).secret();
    fixture.alarm();
    fixture.tick();

    var message = fixture.received().get(0);
    String timestamp = message.headers().get("webhook-timestamp");
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
    byte[] expected =
        mac.doFinal(
            (message.id() + "." + timestamp + "." + message.body())
                .getBytes(StandardCharsets.UTF_8));
    assertThat(message.headers().get("webhook-signature"))
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(expected));
    assertThat(Long.parseLong(timestamp)).isEqualTo(fixture.clock.instant().getEpochSecond());
  }

  @Test
  void whatWasRolledBackIsNotTold() throws SQLException {
    fixture.webhook();
    long operation = fixture.operation();
    try (var transaction = new OneTransaction()) {
      fixture.end(transaction.database(), operation, "SUCCEEDED");
      fixture.line(transaction.database(), fixture.meterId, ROWS_OVERWRITTEN);
    }
    fixture.tick();
    assertThat(fixture.received()).isEmpty();

    try (var transaction = new OneTransaction()) {
      fixture.end(transaction.database(), operation, "SUCCEEDED");
      fixture.line(transaction.database(), fixture.meterId, ROWS_OVERWRITTEN);
      fixture.tick();
      assertThat(fixture.received()).isEmpty();
      transaction.commit();
    }
    fixture.tick();
    assertThat(fixture.received()).hasSize(2);
  }

  @Test
  void eachIsToldOnlyOfWhatItWants() {
    int group =
        fixture
            .database
            .first(
                "insert into meter_group (name, version, created_at) values (?, 0, ?) returning id",
                row -> row.getInt(1),
                fixture.own + "group",
                fixture.clock.instant())
            .orElseThrow();
    int member = TestDatabase.meter(fixture.own + "member", "http://10.0.0.8");
    int left = TestDatabase.meter(fixture.own + "left", "http://10.0.0.9");
    fixture.database.update(
        "insert into meter_group_member (group_id, meter_id, serial_number, leaving)"
            + " select ?, id, serial_number, id = ? from meter where id in (?, ?)",
        group,
        left,
        left,
        member);
    var ofGroup = fixture.details(fixture.receiver.url(), ALARM);
    ofGroup.setGroupId(group);
    fixture.add(ofGroup);
    fixture.add(fixture.details(fixture.receiver.url(), OPERATION_ENDED));
    var disabled = fixture.details(fixture.receiver.url(), ALARM);
    disabled.setEnabled(false);
    fixture.add(disabled);

    fixture.alarm();
    fixture.line(fixture.database, member, ROWS_OVERWRITTEN);
    fixture.line(fixture.database, left, ROWS_OVERWRITTEN);
    fixture.tick();

    assertThat(fixture.received())
        .extracting(message -> WebhookFixture.json(message).getString("meter"))
        .containsExactly(fixture.own + "member");
  }

  @Test
  void aRefusalIsTriedAgainLaterAndLater() {
    var webhook = fixture.webhook();
    fixture.receiver.answer(500, 429);
    fixture.alarm();
    fixture.tick();

    assertThat(fixture.last(webhook).fault()).isEqualTo("Answered with status 500");
    assertThat(fixture.last(webhook).status()).isEqualTo(500);
    assertThat(fixture.last(webhook).nextTryAt())
        .isBetween(
            WebhookFixture.at("2026-11-21T08:00:10Z"), WebhookFixture.at("2026-11-21T08:00:12.5Z"));
    fixture.pass(Duration.ofSeconds(9));
    assertThat(fixture.received()).hasSize(1);
    fixture.pass(Duration.ofSeconds(4));
    assertThat(fixture.received()).hasSize(2);
    fixture.pass(Duration.ofSeconds(19));
    assertThat(fixture.received()).hasSize(2);
    fixture.pass(Duration.ofSeconds(6));

    assertThat(fixture.received()).hasSize(3);
    assertThat(fixture.received())
        .extracting(Receiver.Received::id)
        .hasSize(3)
        .containsOnly(fixture.received().get(0).id());
    assertThat(fixture.received())
        .extracting(Receiver.Received::body)
        .containsOnly(fixture.received().get(0).body());
    assertThat(fixture.received())
        .extracting(message -> message.headers().get("webhook-signature"))
        .doesNotHaveDuplicates();
    var delivery = fixture.last(webhook);
    assertThat(delivery.state()).isEqualTo(DELIVERED);
    assertThat(delivery.attempts()).isEqualTo(3);
    assertThat(delivery.fault()).isNull();
    assertThat(delivery.messageId()).hasToString(fixture.received().get(0).id());
  }

  @Test
  void whoDoesNotAnswerIsTriedAgain() throws IOException {
    var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    int port = silent.getLocalPort();
    var url = "http://127.0.0.1:" + port + "/";
    var webhook = fixture.add(fixture.details(url, ALARM)).webhook();
    try (silent) {
      fixture.alarm();
      fixture.tick();
      assertThat(fixture.last(webhook).fault())
          .isEqualTo("No answer of 127.0.0.1:" + port + " within 2 s");
    }
    fixture.pass(Duration.ofSeconds(13));
    assertThat(fixture.last(webhook).fault()).isEqualTo("Nobody listens at 127.0.0.1:" + port);
    assertThat(fixture.last(webhook).state()).isEqualTo(QUEUED);

    var moved = fixture.details(fixture.receiver.url(), ALARM);
    fixture.webhooks.change(webhook.id(), 0, moved);
    fixture.pass(Duration.ofSeconds(26));
    assertThat(fixture.received()).hasSize(1);
    assertThat(fixture.last(webhook).state()).isEqualTo(DELIVERED);
  }

  @Test
  void afterADayItIsGivenUpUntilAPersonSendsItAgain() {
    var webhook = fixture.webhook();
    fixture.receiver.answer(IntStream.generate(() -> 503).limit(40).toArray());
    fixture.alarm();
    fixture.tick();
    for (int i = 0; i < 47; i++) {
      fixture.pass(Duration.ofMinutes(30));
    }
    assertThat(fixture.last(webhook).state()).isEqualTo(QUEUED);
    fixture.pass(Duration.ofMinutes(60));

    var delivery = fixture.last(webhook);
    assertThat(delivery.state()).isEqualTo(FAILED);
    assertThat(delivery.nextTryAt()).isNull();
    assertThat(delivery.fault()).isEqualTo("Answered with status 503");
    int tried = fixture.received().size();
    assertThat(tried).isBetween(20, 40).isEqualTo(delivery.attempts());
    fixture.pass(Duration.ofHours(5));
    assertThat(fixture.received()).hasSize(tried);

    fixture.webhooks.retry(webhook.id(), delivery.id());
    fixture.tick();
    fixture.pass(Duration.ofSeconds(13)); // the first back-off again, not the last
    assertThat(fixture.received()).hasSize(tried + 2);
    assertThat(fixture.last(webhook).state()).isEqualTo(QUEUED);
  }

  @Test
  void whatCouldNotBeTriedInTimeIsGivenUp() {
    var webhook = fixture.webhook();
    fixture.webhooks.test(webhook.id());
    var details = fixture.webhooks.details(webhook);
    details.setEnabled(false);
    fixture.webhooks.change(webhook.id(), 0, details);
    fixture.pass(Duration.ofHours(23));
    assertThat(fixture.last(webhook).state()).isEqualTo(QUEUED);
    fixture.pass(Duration.ofHours(1));

    assertThat(fixture.received()).isEmpty();
    assertThat(fixture.last(webhook).state()).isEqualTo(FAILED);
    assertThat(fixture.last(webhook).fault()).isEqualTo("Not tried in time");
  }

  @Test
  void twoNodesTellEachOnce() throws InterruptedException {
    fixture.webhook();
    var pool = Executors.newFixedThreadPool(12);
    var first = fixture.sender(fixture.queue, fixture.rules, pool);
    var second =
        fixture.sender(new DeliveryQueue(fixture.database, new Node("b")), fixture.rules, pool);
    for (int i = 0; i < 150; i++) {
      fixture.end(fixture.database, fixture.operation(), "SUCCEEDED");
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (open() > 0 && System.nanoTime() < end) {
      first.tick();
      second.tick();
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

    assertThat(fixture.received()).hasSize(150);
    assertThat(fixture.received()).extracting(Receiver.Received::id).doesNotHaveDuplicates();
    assertThat(fixture.received())
        .extracting(m -> WebhookFixture.json(m).getJsonObject("operation").getString("id"))
        .doesNotHaveDuplicates();
  }

  private long open() {
    return fixture
        .database
        .first(
            "select (select count(*) from webhook_event e join webhook w on w.id = e.webhook_id)"
                + " + (select count(*) from webhook_delivery d join webhook w"
                + "       on w.id = d.webhook_id and d.state = 'QUEUED')",
            row -> row.getLong(1))
        .orElseThrow();
  }

  @Test
  void whatADeadNodeHadClaimedIsToldByAnother() {
    var webhook = fixture.webhook();
    fixture.webhooks.test(webhook.id());
    var dead = new DeliveryQueue(fixture.database, new Node("dead"));
    var claimed = dead.claim(webhook.id(), fixture.clock.instant()).orElseThrow();
    fixture.pass(Duration.ofSeconds(59));
    assertThat(fixture.received()).isEmpty();
    fixture.pass(Duration.ofSeconds(1));

    assertThat(fixture.received())
        .extracting(Receiver.Received::id)
        .containsExactly(claimed.messageId().toString());
    dead.failed(
        claimed,
        new Posting.Outcome(500, "late"),
        fixture.clock.instant(),
        fixture.clock.instant());
    assertThat(fixture.last(webhook).state()).isEqualTo(DELIVERED);
    assertThat(fixture.last(webhook).attempts()).isEqualTo(2);
  }

  @Test
  void aRedirectIsNotFollowed() {
    var webhook = fixture.webhook();
    fixture.receiver.answer(307);
    fixture.alarm();
    fixture.tick();

    assertThat(fixture.received()).hasSize(1);
    assertThat(fixture.last(webhook).fault())
        .isEqualTo("Answered with a redirect (307), which is not followed");
  }

  /** Saved while the name led to the internet; by the time it is told, into the own network. */
  @Test
  void aNameThatNowLeadsInsideIsNotConnected() throws Exception {
    var answer = new AtomicReference<>("93.184.215.14");
    var rules = new AddressRules(null, host -> InetAddress.getAllByName(answer.get()));
    var webhooks = fixture.webhooks(rules, fixture.secrets);
    var url = "http://hooks.example.com:" + fixture.receiver.port() + "/";
    var webhook = webhooks.add(fixture.details(url, ALARM)).webhook();
    webhooks.test(webhook.id());

    answer.set("127.0.0.1");
    fixture.sender(fixture.queue, rules, Runnable::run).tick();

    assertThat(fixture.received()).isEmpty();
    assertThat(fixture.last(webhook).fault()).contains("not an address of the public internet");
    webhooks.remove(webhook.id());
  }

  /** The name system of this machine knows no such name: it is not asked a second time. */
  @Test
  void theConnectionGoesToTheAddressThatWasChecked() {
    var rules =
        new AddressRules(
            "hooks.example.invalid", host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    var webhooks = fixture.webhooks(rules, fixture.secrets);
    var url = "http://hooks.example.invalid:" + fixture.receiver.port();
    var webhook = webhooks.add(fixture.details(url, ALARM)).webhook();
    webhooks.test(webhook.id());
    fixture.sender(fixture.queue, rules, Runnable::run).tick();

    assertThat(fixture.received())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.path()).isEqualTo("/");
              assertThat(message.headers().get("host"))
                  .isEqualTo("hooks.example.invalid:" + fixture.receiver.port());
            });
    webhooks.remove(webhook.id());
  }
}
