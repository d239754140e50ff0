package org.meterledger.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.meterledger.webhook.WebhookDelivery.State.DELIVERED;
import static org.meterledger.webhook.WebhookDelivery.State.FAILED;
import static org.meterledger.webhook.WebhookDelivery.State.QUEUED;
import static org.meterledger.webhook.WebhookEvent.ALARM;
import static org.meterledger.webhook.WebhookEvent.OPERATION_ENDED;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;

class WebhooksTest {

  private final WebhookFixture fixture = new WebhookFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private String refusal(WebhookDetails details) {
    var refused = catchThrowableOfType(InvalidInput.class, () -> fixture.add(details));
    return refused.field() + " " + refused.rule();
  }

  private WebhookDetails details() {
    return fixture.details(fixture.receiver.url(), ALARM, OPERATION_ENDED);
  }

  @Test
  void whatIsSavedIsShownAndChanged() {
    var webhook = fixture.add(details()).webhook();
    assertThat(webhook.events()).containsExactly(OPERATION_ENDED, ALARM);
    assertThat(webhook.group()).isNull();
    assertThat(webhook.last()).isNull();

    var changed = fixture.webhooks.details(webhook);
    changed.setGroupId(2);
    changed.setEnabled(false);
    fixture.webhooks.change(webhook.id(), 0, changed);

    var now = fixture.webhooks.get(webhook.id());
    assertThat(now.group()).isEqualTo("Watched meters");
    assertThat(now.enabled()).isFalse();
    assertThat(now.version()).isEqualTo(1);
    assertThat(fixture.webhooks.all()).contains(now);
    assertThatExceptionOfType(ChangedMeanwhile.class)
        .isThrownBy(() -> fixture.webhooks.change(webhook.id(), 0, changed));
    fixture.webhooks.remove(webhook.id());
    assertThatExceptionOfType(NotThere.class).isThrownBy(() -> fixture.webhooks.get(webhook.id()));
    assertThatExceptionOfType(NotThere.class)
        .isThrownBy(() -> fixture.webhooks.remove(webhook.id()));
  }

  @Test
  void whatBreaksARuleNamesItsField() {
    var inside = fixture.details("http://169.254.169.254/latest/meta-data/", ALARM);
    assertThat(refusal(inside)).isEqualTo("url private");
    assertThat(refusal(fixture.details("ftp://example.com/", ALARM))).isEqualTo("url scheme");
    assertThat(refusal(fixture.details(fixture.receiver.url()))).isEqualTo("events required");
    var first = fixture.add(details()).webhook();
    var same = details();
    same.setName(first.name());
    assertThat(refusal(same)).isEqualTo("name unique");
    var group = details();
    group.setGroupId(0);
    assertThat(refusal(group)).isEqualTo("groupId unknown");
    var secret = details();
    secret.setSecret("short");
    assertThat(refusal(secret)).isEqualTo("secret secret");
    var details = details();
    details.setUrl("http://10.0.0.7/");
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> fixture.webhooks.change(first.id(), 0, details));
    var keyless = fixture.webhooks(fixture.rules, new MeterSecrets(null));
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> keyless.add(details()))
        .withMessageContaining("METERLEDGER_MASTER_KEY");
  }

  @Test
  void aSecretThatIsGivenSignsAndCanBeReplaced() {
    var details = details();
    details.setSecret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    var added = fixture.add(details);
    assertThat(added.secret()).isEqualTo("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    var webhook = added.webhook();
    String other = SigningSecret.random().text();

    fixture.webhooks.change(webhook.id(), 0, fixture.webhooks.details(webhook));
    fixture.webhooks.test(webhook.id());
    fixture.tick();
    var replaced = fixture.webhooks.details(webhook);
    replaced.setSecret(other);
    fixture.webhooks.change(webhook.id(), 1, replaced);
    fixture.webhooks.test(webhook.id());
    fixture.tick();

    assertSigned(fixture.received().get(0), added.secret());
    assertSigned(fixture.received().get(1), other);
  }

  private static void assertSigned(Receiver.Received message, String secret) {
    assertThat(message.headers().get("webhook-signature"))
        .isEqualTo(
            SigningSecret.of(secret)
                .sign(
                    message.id(),
                    Long.parseLong(message.headers().get("webhook-timestamp")),
                    message.body()));
  }

  @Test
  void theSecretIsInNoRowAndNoLog() {
    var lines = new ArrayList<String>();
    var handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().format(line));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    var log = Logger.getLogger("org.meterledger");
    var before = log.getLevel();
    log.addHandler(handler);
    log.setLevel(Level.ALL);
    try {
      var added = fixture.add(details());
      String key = added.secret().substring("whsec_".length());
      fixture.receiver.answer(500, 500);
      fixture.webhooks.test(added.webhook().id());
      fixture.tick();
      fixture.pass(Duration.ofSeconds(13));
      fixture.pass(Duration.ofHours(24));

      assertThat(String.join("\n", lines))
          .contains("Answered with status 500")
          .doesNotContain(key)
          .doesNotContain("t-7");
      var rows = new ArrayList<String>();
      for (String table : List.of("webhook", "webhook_event", "webhook_delivery")) {
        rows.addAll(
            fixture.database.query("select t::text from " + table + " t", r -> r.getString(1)));
      }
      var hex = new StringBuilder();
      for (byte each : Base64.getDecoder().decode(key)) {
        hex.append("%02x".formatted(each));
      }
      var textHex = new StringBuilder();
      for (byte each : key.getBytes(StandardCharsets.UTF_8)) {
        textHex.append("%02x".formatted(each));
      }
      assertThat(String.join("\n", rows))
          .contains(added.webhook().name())
          .doesNotContain(key, hex, textHex);
      assertThat(fixture.webhooks.get(added.webhook().id()).toString()).doesNotContain(key);
      assertThat(fixture.webhooks.details(added.webhook()).getSecret()).isNull();
    } finally {
      log.removeHandler(handler);
      log.setLevel(before);
    }
  }

  @Test
  void aTestIsAMessageLikeAnyOther() {
    var webhook = fixture.webhook();
    var queued = fixture.webhooks.test(webhook.id());
    assertThat(queued.state()).isEqualTo(QUEUED);
    assertThat(fixture.webhooks.get(webhook.id()).queued()).isEqualTo(1);
    fixture.tick();

    var message = fixture.received().get(0);
    assertThat(message.id()).isEqualTo(queued.messageId().toString());
    assertThat(WebhookFixture.json(message).getString("type")).isEqualTo("PING");
    assertThat(fixture.last(webhook).state()).isEqualTo(DELIVERED);
    assertThat(fixture.last(webhook).status()).isEqualTo(204);
    assertThat(fixture.webhooks.get(webhook.id()).queued()).isZero();
  }

  @Test
  void theLogIsReadByPageAndState() {
    var webhook = fixture.webhook();
    var other = fixture.add(details()).webhook();
    fixture.webhooks.test(other.id());
    var ids = new ArrayList<Long>();
    for (int i = 0; i < 5; i++) {
      ids.add(0, fixture.webhooks.test(webhook.id()).id());
    }
    fixture.alarm();
    fixture.tick();

    assertThat(fixture.webhooks.count(webhook.id(), null)).isEqualTo(6);
    assertThat(fixture.webhooks.count(webhook.id(), DELIVERED)).isEqualTo(6);
    assertThat(fixture.webhooks.count(webhook.id(), FAILED)).isZero();
    assertThat(fixture.webhooks.deliveries(webhook.id(), null, 0, 1))
        .singleElement()
        .satisfies(
            newest -> {
              assertThat(newest.event()).isEqualTo("ALARM");
              assertThat(newest.serialNumber()).isEqualTo(fixture.serial);
            });
    assertThat(fixture.webhooks.deliveries(webhook.id(), DELIVERED, 2, 3))
        .extracting(WebhookDelivery::id)
        .containsExactlyElementsOf(ids.subList(1, 4));
    assertThatExceptionOfType(NotThere.class)
        .isThrownBy(() -> fixture.webhooks.retry(other.id(), ids.get(0)));
  }

  @Test
  void whatIsUnderWayIsNotSentAgainByAPerson() {
    var webhook = fixture.webhook();
    var queued = fixture.webhooks.test(webhook.id());
    fixture.queue.claim(webhook.id(), fixture.clock.instant());

    fixture.webhooks.retry(webhook.id(), queued.id());
    fixture.tick();
    assertThat(fixture.received()).isEmpty();

    fixture.pass(Duration.ofSeconds(60));
    fixture.webhooks.retry(webhook.id(), queued.id());
    fixture.tick();
    assertThat(fixture.received()).hasSize(2);
    assertThat(fixture.received())
        .extracting(Receiver.Received::id)
        .containsOnly(queued.messageId().toString());
  }

  @Test
  void whatIsRemovedIsToldNothingMore() {
    var webhook = fixture.webhook();
    fixture.webhooks.test(webhook.id());
    fixture.alarm();
    fixture.webhooks.remove(webhook.id());
    fixture.tick();

    assertThat(fixture.received()).isEmpty();
    assertThat(
            fixture.database.query(
                "select 1 from webhook_event where webhook_id = ?", row -> 1, webhook.id()))
        .isEmpty();
  }

  @Test
  void aTestOfADisabledWebhookIsRefused() {
    var details = details();
    details.setEnabled(false);
    var webhook = fixture.add(details).webhook();
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> fixture.webhooks.test(webhook.id()));
  }
}
