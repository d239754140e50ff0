package org.meterledger.webhook;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.meterledger.audit.TestAudit;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.logbook.Meanings;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.notice.Notices;
import org.meterledger.server.Database;
import org.meterledger.server.Node;
import org.meterledger.server.SettableClock;
import org.meterledger.server.TestDatabase;

/** All of this package on the database that the tests share; meters and webhooks are its own. */
final class WebhookFixture implements AutoCloseable {

  /** Alarm of the portal: the meter overwrote rows before they were read. */
  static final int ROWS_OVERWRITTEN = 2;

  private static final AtomicInteger FIXTURES = new AtomicInteger();
  private static final AtomicInteger OPERATIONS = new AtomicInteger();

  final String own = "WH" + FIXTURES.incrementAndGet() + "-";
  final Database database = TestDatabase.database();
  final SettableClock clock = new SettableClock("2026-11-21T08:00:00Z");
  final MeterSecrets secrets = new MeterSecrets(Base64.getEncoder().encodeToString(new byte[32]));
  final Receiver receiver = new Receiver();
  final AddressRules rules = new AddressRules("127.0.0.1", InetAddress::getAllByName);
  final Webhooks webhooks = webhooks(rules, secrets);
  final DeliveryQueue queue = new DeliveryQueue(database, new Node("a"));
  final WebhookSender sender = sender(queue, rules, Runnable::run);
  final String serial = own + "meter";
  final int meterId = TestDatabase.meter(serial, "http://10.0.0.7");
  private final List<Integer> made = new ArrayList<>();

  Webhooks webhooks(AddressRules rules, MeterSecrets secrets) {
    return new Webhooks(database, clock, rules, secrets, TestAudit.of(database, clock));
  }

  WebhookSender sender(DeliveryQueue of, AddressRules addresses, Executor executor) {
    return sender(of, addresses, executor, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  WebhookSender sender(
      DeliveryQueue of, AddressRules addresses, Executor executor, SSLSocketFactory tls) {
    return new WebhookSender(
        of,
        new EventFeed(database, new Meanings(new MeterModels()), clock),
        addresses,
        secrets,
        new Notices(database),
        clock,
        new Posting(tls, Duration.ofSeconds(2)),
        executor);
  }

  WebhookDetails details(String url, WebhookEvent... events) {
    var details = new WebhookDetails();
    details.setName(own + made.size());
    details.setUrl(url);
    details.setEvents(new TreeSet<>(List.of(events)));
    return details;
  }

  /** Told of everything. */
  Webhook webhook() {
    return add(details(receiver.url(), WebhookEvent.values())).webhook();
  }

  Webhooks.Added add(WebhookDetails details) {
    var added = webhooks.add(details);
    made.add(added.webhook().id());
    return added;
  }

  /** A logbook line of this portal, written as the archive does. */
  void line(Database through, int meter, int code) {
    through.update(
        """
        insert into logbook_entry (meter_id, logbook, at, sequence, code, detail, noted_at)
          select ?, '0-0:99.98.128*255', ?, 0, ?, '{"from":"7","to":"9"}'::json, ?
        on conflict do nothing""",
        meter,
        clock.instant(),
        code,
        clock.instant().plusSeconds(1));
  }

  void alarm() {
    line(database, meterId, ROWS_OVERWRITTEN);
  }

  /** An operation that is being run. */
  long operation() {
    long id = (206_000_000L << 22) + OPERATIONS.incrementAndGet();
    database.update(
        """
        insert into operation (id, meter_id, network_id, step, kind, parameters, priority,
            not_before, expires_at, due_at, bypass_retry, stop_on_failure, correlation_id,
            requested_by, requested_at, state, attempts)
          values (?, ?, 1, 0, 'READ_REGISTERS', '{}', 4, ?, ?, ?, false, false, 'c-1', 'ann', ?,
                  'RUNNING', 1)""",
        id,
        meterId,
        clock.instant(),
        clock.instant().plusSeconds(3600),
        clock.instant(),
        clock.instant());
    return id;
  }

  void end(Database through, long operation, String state) {
    through.update(
        """
        update operation set state = ?, ended_at = ?, result = '{"values":[{"value":12.340}]}'
         where id = ?""",
        state,
        clock.instant(),
        operation);
  }

  /** What happened is told, as far as it is due. */
  void tick() {
    sender.tick();
  }

  void pass(Duration time) {
    clock.advance(time);
    tick();
  }

  List<Receiver.Received> received() {
    return receiver.received();
  }

  static JsonObject json(Receiver.Received message) {
    return Json.createReader(new StringReader(message.body())).readObject();
  }

  WebhookDelivery last(Webhook webhook) {
    return webhooks.get(webhook.id()).last();
  }

  static Instant at(String time) {
    return Instant.parse(time);
  }

  /** The webhooks go, since they would be told of what other tests do. */
  @Override
  public void close() {
    made.forEach(id -> database.update("delete from webhook where id = ?", id));
    receiver.close();
  }
}
