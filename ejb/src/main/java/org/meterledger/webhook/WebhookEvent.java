package org.meterledger.webhook;

/** What a webhook can be told of. */
public enum WebhookEvent {
  /** An operation has succeeded, failed, expired, or was cancelled or rejected. */
  OPERATION_ENDED,
  /** A logbook has a new line whose code is an alarm. */
  ALARM
}
