package org.meterledger.server;

import jakarta.ejb.ApplicationException;

/** What a person wants stored breaks a rule; names the field and the rule. */
@ApplicationException(rollback = true)
public class InvalidInput extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String rule;

  /**
   * @param field property of the details that were given
   * @param rule a word that programs can tell apart
   * @param message a sentence for people
   */
  public InvalidInput(String field, String rule, String message) {
    super(message);
    this.field = field;
    this.rule = rule;
  }

  public String field() {
    return field;
  }

  public String rule() {
    return rule;
  }
}
