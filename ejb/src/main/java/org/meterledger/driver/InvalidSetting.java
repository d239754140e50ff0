package org.meterledger.driver;

/** A setting breaks a rule of the device; nothing was sent. */
public class InvalidSetting extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String rule;

  /**
   * @param field where it stands in the values of the part, as {@code rows.3.interval}; empty when
   *     it is about all of them
   * @param rule short name of the rule
   * @param message one plain sentence in English that tells the rule
   */
  public InvalidSetting(String field, String rule, String message) {
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
