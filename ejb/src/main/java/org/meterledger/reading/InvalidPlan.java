package org.meterledger.reading;

import jakarta.ejb.ApplicationException;

/** A rule about a reading plan is broken that only the portal can check. */
@ApplicationException(rollback = true)
public class InvalidPlan extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String rule;

  InvalidPlan(String field, String rule, String message) {
    super(message);
    this.field = field;
    this.rule = rule;
  }

  /** Property of {@link PlanDetails}. */
  public String field() {
    return field;
  }

  /** {@code unique}, {@code unknown}, {@code required}, {@code ambiguous}, {@code range}. */
  public String rule() {
    return rule;
  }
}
