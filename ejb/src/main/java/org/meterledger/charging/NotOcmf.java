package org.meterledger.charging;

import java.util.Objects;

/**
 * A text is no record in the Open Charge Metering Format. Checked, for texts come from meters and
 * people: it is no mistake of the program.
 */
public class NotOcmf extends Exception {

  private static final long serialVersionUID = 1L;

  /** The rule that the text breaks. */
  public enum Rule {
    /** Longer than {@value OcmfRecord#LONGEST} characters. */
    TOO_LONG,
    /** No UTF-8, so that nobody knows which bytes were signed. */
    NO_UTF8,
    /** It does not begin with {@code OCMF|}. */
    NO_HEADER,
    /** There are not exactly three sections between two bars. */
    SECTIONS,
    /** A section is no JSON object. */
    NO_JSON,
    /** Nested deeper than {@value JsonSection#DEEPEST}. */
    TOO_DEEP,
    /** A name stands twice in an object, so that two readers may read two values. */
    DUPLICATE_NAME,
    /** More readings than {@value OcmfRecord#MOST_READINGS}. */
    TOO_MANY_READINGS,
    /**
     * A field is of another kind than the format says: an object for a text, a word for a number.
     */
    FIELD
  }

  private final Rule rule;
  private final String field;
  private final int position;

  /**
   * @param field where it is about a field, its name as {@code RD[2].RV}; else empty
   * @param position of the character that it is about, counted from 0 in the whole text
   * @param message one plain sentence in English
   */
  NotOcmf(Rule rule, String field, int position, String message) {
    super(message);
    this.rule = Objects.requireNonNull(rule);
    this.field = Objects.requireNonNull(field);
    this.position = position;
  }

  public Rule rule() {
    return rule;
  }

  /** The name of the field, as {@code RD[2].RV}; empty where it is about none. */
  public String field() {
    return field;
  }

  /** Of the character that it is about, counted from 0 in the whole text. */
  public int position() {
    return position;
  }
}
