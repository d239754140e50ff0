package org.meterledger.meter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;

/** Which meter was at which metering point, from when to when. */
@Entity
@Table(name = "installation")
public class Installation {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Integer id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "meter_id")
  private Meter meter;

  @ManyToOne(fetch = FetchType.EAGER, optional = false)
  @JoinColumn(name = "metering_point_id")
  private MeteringPoint meteringPoint;

  @Column(name = "installed_at")
  private Instant installedAt;

  @Column(name = "removed_at")
  private Instant removedAt;

  @Column(name = "ct_factor")
  private BigDecimal ctFactor = BigDecimal.ONE;

  @Column(name = "vt_factor")
  private BigDecimal vtFactor = BigDecimal.ONE;

  /** For JPA. */
  protected Installation() {}

  Installation(Meter meter, MeteringPoint meteringPoint, Instant installedAt) {
    this.meter = meter;
    this.meteringPoint = meteringPoint;
    this.installedAt = installedAt;
  }

  void end(Instant at) {
    removedAt = at;
  }

  public Meter getMeter() {
    return meter;
  }

  public MeteringPoint getMeteringPoint() {
    return meteringPoint;
  }

  public Instant getInstalledAt() {
    return installedAt;
  }

  /** Null while the meter is there. */
  public Instant getRemovedAt() {
    return removedAt;
  }

  /** Primary by secondary current of transformers that the meter does not know of; 1 without. */
  public BigDecimal getCtFactor() {
    return ctFactor;
  }

  /** Primary by secondary voltage of transformers that the meter does not know of; 1 without. */
  public BigDecimal getVtFactor() {
    return vtFactor;
  }
}
