package org.meterledger.meter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The place that is billed; meters come and go, the point stays. */
@Entity
@Table(name = "metering_point")
public class MeteringPoint {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Integer id;

  private String code;
  private String name;

  @Column(name = "time_zone")
  private String timeZone;

  @Column(name = "created_at")
  private Instant createdAt;

  /** For JPA. */
  protected MeteringPoint() {}

  MeteringPoint(String code, String timeZone, Instant createdAt) {
    this.code = code;
    this.timeZone = timeZone;
    this.createdAt = createdAt;
  }

  public Integer getId() {
    return id;
  }

  /** As the market or the operator numbers it; unique. */
  public String getCode() {
    return code;
  }

  public String getName() {
    return name;
  }

  public String getTimeZone() {
    return timeZone;
  }

  public Instant getCreatedAt() {
    return createdAt;
  }
}
