package org.meterledger.meter;

import jakarta.ejb.ApplicationException;

/** A rule about a meter is broken that only the portal can check; names the field and the rule. */
@ApplicationException(rollback = true)
public class InvalidMeter extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String rule;

  InvalidMeter(String field, String rule, String message) {
    super(message);
    this.field = field;
    this.rule = rule;
  }

  /** Property of {@link MeterDetails}. */
  public String field() {
    return field;
  }

  /**
   * {@code unique}, {@code unknown}, {@code unchangeable}, {@code masterKey}, {@code range}, {@code
   * network}.
   */
  public String rule() {
    return rule;
  }
}
