package org.meterledger.server;

import jakarta.ejb.ApplicationException;

/** What a person wants stored breaks a rule; names the field and the rule. */
@ApplicationException(rollback = true)
public class InvalidInput extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String rule;
  private final String subject;

  /**
   * @param field property of the details that were given
   * @param rule a word that programs can tell apart
   * @param message a sentence for people
   */
  public InvalidInput(String field, String rule, String message) {
    this(field, rule, message, "");
  }

  /**
   * @param subject the name in the message that pages put into sentences of their own
   */
  public InvalidInput(String field, String rule, String message, String subject) {
    super(message);
    this.field = field;
    this.rule = rule;
    this.subject = subject;
  }

  public String field() {
    return field;
  }

  public String rule() {
    return rule;
  }

  /** What it is about, empty where the field says all. */
  public String subject() {
    return subject;
  }
}
