package org.meterledger.meter;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * One line of the list of meters.
 *
 * @param condition what a person should know first
 * @param lastContactAt null before the meter has ever answered
 * @param lastReadingAt period end of the newest archived row; null while there is none
 * @param fault kind of the last session's fault; null when it went well
 */
public record MeterRow(
    int id,
    String serialNumber,
    String alias,
    String model,
    String address,
    String meteringPoint,
    String timeZone,
    Condition condition,
    boolean watched,
    Instant lastContactAt,
    Instant lastReadingAt,
    String fault,
    String faultDetail,
    Duration clockDrift,
    String firmware)
    implements Serializable {

  /** How a meter is, in one word; the worst comes first when sorted. */
  public enum Condition {
    /** Its last session failed. */
    FAULT,
    /** Nothing new within three reading intervals. */
    OVERDUE,
    /** Registered, not read yet. */
    NEW,
    OK,
    PAUSED
  }
}
