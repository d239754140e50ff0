package org.meterledger.web.webhook;

import java.time.Instant;
import org.meterledger.webhook.WebhookDelivery;

/** A delivery as the API shows it; ids are strings, what is not known is left out. */
public record DeliveryView(
    String id,
    String messageId,
    String event,
    String meter,
    WebhookDelivery.State state,
    int attempts,
    Instant createdAt,
    Instant triedAt,
    Instant nextTryAt,
    Integer status,
    String fault) {

  /** Null of null. */
  static DeliveryView of(WebhookDelivery delivery) {
    return delivery == null
        ? null
        : new DeliveryView(
            String.valueOf(delivery.id()),
            delivery.messageId().toString(),
            delivery.event(),
            delivery.serialNumber(),
            delivery.state(),
            delivery.attempts(),
            delivery.createdAt(),
            delivery.triedAt(),
            delivery.nextTryAt(),
            delivery.status(),
            delivery.fault());
  }
}
