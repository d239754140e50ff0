package org.meterledger.webhook;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/**
 * One thing that one webhook is told.
 *
 * @param messageId the same at each attempt
 * @param event name of a {@link WebhookEvent}, or PING
 * @param serialNumber of the meter; null for a ping
 * @param attempts begun so far
 * @param createdAt when it was queued
 * @param triedAt when the last attempt ended; null before
 * @param nextTryAt null when there is none
 * @param status of the last answer; null where there was none
 * @param fault why the last attempt did not succeed, as a sentence; null where it did
 */
public record WebhookDelivery(
    long id,
    UUID messageId,
    String event,
    String serialNumber,
    State state,
    int attempts,
    Instant createdAt,
    Instant triedAt,
    Instant nextTryAt,
    Integer status,
    String fault)
    implements Serializable {

  /** How far it is. */
  public enum State {
    /** Waits for its first or next attempt, or is under way. */
    QUEUED,
    /** Was answered with a status of 200 to 299. */
    DELIVERED,
    /** Given up. */
    FAILED
  }
}
