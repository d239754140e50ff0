package org.meterledger.meter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** How the last contacts with a meter went. Written by the archive, here only read. */
@Entity
@Immutable
@Table(name = "meter_contact")
public class MeterContact {

  @Id
  @Column(name = "meter_id")
  private Integer meterId;

  @Column(name = "last_attempt_at")
  private Instant lastAttemptAt;

  @Column(name = "last_contact_at")
  private Instant lastContactAt;

  @Column(name = "last_reading_at")
  private Instant lastReadingAt;

  private String fault;

  @Column(name = "fault_detail")
  private String faultDetail;

  private int failures;

  @Column(name = "clock_drift_ms")
  private Long clockDriftMillis;

  private String firmware;

  /** Null before the first attempt, as the other times here before their first. */
  public Instant getLastAttemptAt() {
    return lastAttemptAt;
  }

  /** When the meter last answered. */
  public Instant getLastContactAt() {
    return lastContactAt;
  }

  /** Period end of the newest archived row. */
  public Instant getLastReadingAt() {
    return lastReadingAt;
  }

  /** Kind of the fault of the last session; null when it went well. */
  public String getFault() {
    return fault;
  }

  /** The fault as a sentence. */
  public String getFaultDetail() {
    return faultDetail;
  }

  /** Sessions that failed one after the other. */
  public int getFailures() {
    return failures;
  }

  /** Meter time minus ours; null where the meter never told its time. */
  public Duration getClockDrift() {
    return clockDriftMillis == null ? null : Duration.ofMillis(clockDriftMillis);
  }

  public String getFirmware() {
    return firmware;
  }
}
