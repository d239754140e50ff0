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
 * @param restingUntil when it is asked again, after so many sessions in vain that it is asked less
 *     often; null while it is not
 * @param clockLimit a clock that is further off is reported
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
    Instant restingUntil,
    String fault,
    String faultDetail,
    Duration clockDrift,
    Duration clockLimit,
    String firmware)
    implements Serializable {

  /** Whether its clock is further off than the meter's limit. */
  public boolean clockOff() {
    return clockDrift != null && clockDrift.abs().compareTo(clockLimit) > 0;
  }

  /** How a meter is, in one word; the worst comes first when sorted. */
  public enum Condition {
    /** Failed so often that it is asked less often: nothing new comes until it is cured. */
    RESTING,
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
