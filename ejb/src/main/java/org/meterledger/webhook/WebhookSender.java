package org.meterledger.webhook;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.notice.Notices;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.DatabaseOutage;

/**
 * Makes the deliveries: each at least once, those of one webhook side by side and hence in no
 * particular order. A receiver that is told twice knows it by the message id.
 */
@ApplicationScoped
public class WebhookSender {

  private static final Logger LOGGER = System.getLogger(WebhookSender.class.getName());

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Side by side to one webhook and by one node, so that none takes the threads of all. */
  private static final int MOST_PER_WEBHOOK = 4;

  private static final String WAITING = "webhooks are told when it is back";

  private final DeliveryQueue queue;
  private final EventFeed feed;
  private final AddressRules addresses;
  private final MeterSecrets secrets;
  private final Notices notices;
  private final Clock clock;
  private final Posting posting;
  private final DatabaseOutage outage;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Map<Integer, AtomicInteger> sending = new ConcurrentHashMap<>();
  private Executor executor;
  private volatile boolean stopped;

  /** For the client proxy only. */
  protected WebhookSender() {
    this(null, null, null, null, null, null, null, null);
  }

  @Inject
  WebhookSender(
      DeliveryQueue queue,
      EventFeed feed,
      AddressRules addresses,
      MeterSecrets secrets,
      Notices notices,
      Clock clock) {
    this(
        queue,
        feed,
        addresses,
        secrets,
        notices,
        clock,
        new Posting((SSLSocketFactory) SSLSocketFactory.getDefault(), TIMEOUT),
        null);
  }

  /** Outside a server the caller brings the executor. */
  WebhookSender(
      DeliveryQueue queue,
      EventFeed feed,
      AddressRules addresses,
      MeterSecrets secrets,
      Notices notices,
      Clock clock,
      Posting posting,
      Executor executor) {
    this.queue = queue;
    this.feed = feed;
    this.addresses = addresses;
    this.secrets = secrets;
    this.notices = notices;
    this.clock = clock;
    this.posting = posting;
    this.outage = clock == null ? null : new DatabaseOutage(LOGGER, clock);
    this.executor = executor;
  }

  @Resource(lookup = "java:jboss/ee/concurrency/executor/webhook")
  void setExecutor(ManagedExecutorService managed) {
    executor = managed;
  }

  /** Has other threads do what is due; the timer must not wait for a slow database. */
  void tick() {
    posting.closeLate();
    if (asked.compareAndSet(false, true)) {
      try {
        executor.execute(
            () -> {
              try {
                guarded(this::round);
              } finally {
                asked.set(false);
              }
            });
      } catch (RejectedExecutionException e) {
        asked.set(false);
        throw e;
      }
    }
  }

  private void round() {
    while (feed.queue() == EventFeed.BLOCK && !stopped) {
      // there may be more
    }
    int expired = queue.expire(clock.instant());
    if (expired > 0) {
      LOGGER.log(Level.WARNING, "{0} deliveries to webhooks were not tried in time", expired);
    }
    for (var target : queue.due(clock.instant(), MOST_PER_WEBHOOK)) {
      var busy = sending.computeIfAbsent(target.id(), id -> new AtomicInteger());
      for (int i = 0; i < target.due() && busy.get() < MOST_PER_WEBHOOK; i++) {
        begin(target.id(), busy);
      }
    }
    outage.over();
  }

  private void begin(int webhookId, AtomicInteger busy) {
    busy.incrementAndGet();
    try {
      executor.execute(
          () -> {
            try {
              guarded(() -> send(webhookId));
            } finally {
              busy.decrementAndGet();
            }
          });
    } catch (RejectedExecutionException e) {
      busy.decrementAndGet();
      throw e;
    }
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (DatabaseException.away(e)) {
        outage.noticed(WAITING, e);
      } else {
        LOGGER.log(Level.WARNING, "Webhooks are told at the next tick", e);
      }
    }
  }

  /** Until nothing is due, or the receiver fails: then the next tick is early enough. */
  private void send(int webhookId) {
    boolean goOn = true;
    while (goOn && !stopped) {
      var target = queue.target(webhookId);
      var delivery = target.flatMap(to -> queue.claim(to.id(), clock.instant()));
      goOn = delivery.isPresent() && send(target.get(), delivery.get());
    }
  }

  private boolean send(DeliveryQueue.Target target, DeliveryQueue.Claimed delivery) {
    var outcome = post(target, delivery);
    var now = clock.instant();
    if (outcome.fault() == null) {
      queue.delivered(delivery, outcome.status(), now);
    } else {
      var next = NextTry.after(delivery.failures(), ThreadLocalRandom.current().nextDouble(), now);
      boolean givenUp = next.isAfter(delivery.expiresAt());
      queue.failed(delivery, outcome, givenUp ? null : next, now);
      LOGGER.log(
          givenUp ? Level.WARNING : Level.DEBUG,
          "Webhook {0}, delivery {1}, attempt {2}: {3}",
          target.name(),
          String.valueOf(delivery.id()),
          delivery.attempts(),
          outcome.fault());
    }
    notices.soon("webhooks", String.valueOf(target.id()));
    return outcome.fault() == null;
  }

  private Posting.Outcome post(DeliveryQueue.Target target, DeliveryQueue.Claimed delivery) {
    SigningSecret secret;
    AddressRules.Checked to;
    try {
      secret = SigningSecret.of(secrets.decrypt(target.secret()));
      to = addresses.check(target.url());
    } catch (AddressRefused e) {
      return new Posting.Outcome(null, e.getMessage());
    } catch (IllegalStateException e) {
      return new Posting.Outcome(null, "The secret cannot be decrypted: " + e.getMessage());
    }
    String messageId = delivery.messageId().toString();
    long timestamp = clock.instant().getEpochSecond();
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "Meterledger");
    headers.put("Webhook-Id", messageId);
    headers.put("Webhook-Timestamp", String.valueOf(timestamp));
    headers.put("Webhook-Signature", secret.sign(messageId, timestamp, delivery.body()));
    return posting.post(to, headers, delivery.body());
  }

  /** Begins nothing more; what is under way ends by itself, or is made by another node. */
  @PreDestroy
  void stop() {
    stopped = true;
  }
}
