package org.meterledger.operation;

import jakarta.ejb.ApplicationException;

/** A rule about an operation is broken; nothing was queued. Names the field and the rule. */
@ApplicationException(rollback = true)
public class InvalidOperation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String rule;

  public InvalidOperation(String field, String rule, String message) {
    super(message);
    this.field = field;
    this.rule = rule;
  }

  /** Property of {@link OperationRequest}; {@code parameters.from} for a parameter. */
  public String field() {
    return field;
  }

  /** {@code required}, {@code unknown}, {@code type}, {@code range}, {@code unsupported}, … */
  public String rule() {
    return rule;
  }
}
