package org.meterledger.network;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * A gateway in a list, by what was known when it was spoken with last.
 *
 * @param model id of its model; null where the portal does not speak with it, as is all that
 *     follows but the meters
 * @param certificate SHA-256 of the one that it may show
 * @param oldTls whether TLS 1.0 and 1.1 are allowed for it
 * @param device serial number of the device that it is; null where the caller does not see that, as
 *     is all that follows
 * @param fault of the last session; null without
 * @param clockDrift its time minus ours; null while it has told none
 * @param clockOff whether that is more than it may be
 * @param meters behind it, without itself
 */
public record GatewayRow(
    int id,
    String name,
    String network,
    String model,
    String address,
    String certificate,
    boolean oldTls,
    String device,
    Instant lastContactAt,
    String fault,
    String faultDetail,
    Duration clockDrift,
    boolean clockOff,
    long meters)
    implements Serializable {

  /** By what the list can be sorted. */
  public enum Order {
    NAME("g.name"),
    NETWORK("n.name"),
    METERS("meters"),
    LAST_CONTACT("c.last_contact_at");

    private final String expression;

    Order(String expression) {
      this.expression = expression;
    }

    String expression() {
      return expression;
    }
  }
}
