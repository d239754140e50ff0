package org.meterledger.simulators.emu;

/** What a meter can be told to do wrong on the wire; its records stay right. */
public enum Fault {
  /** Takes the request and never answers; the connection stays open. */
  NO_ANSWER,
  /** Resets the connection (RST) instead of answering. */
  CONNECTION_RESET,
  /** Promises a length, sends about half of it and closes. */
  BODY_CUT,
  /**
   * Promises no length, sends about half and closes: the end looks clean, in the middle of a row.
   */
  BODY_CUT_UNANNOUNCED,
  /**
   * As {@link #BODY_CUT_UNANNOUNCED}, but only the last digit of a row is missing: all columns seem
   * to be there, and the frequency is a tenth of what it was.
   */
  BODY_CUT_BEFORE_LAST_DIGIT,
  /** Status 200 with binary noise. */
  GARBAGE,
  /** Status 500. */
  HTTP_500,
  /** Sends the right answer at one byte per second. */
  SLOW_DRIP,
  /** Status 302 to another host. */
  REDIRECT,
  /** Status 200 with the page of some other appliance. */
  HTML_PAGE,
  /** One load-profile row of the answer bears a time years ahead. */
  FUTURE_ROW,
  /** One load-profile row of the answer ends after 20 columns. */
  SHORT_ROW,
  /** One load-profile row of the answer has a voltage that no 64-bit number holds. */
  OUT_OF_RANGE_ROW;

  /** Whether only an answer with load-profile rows can show this fault. */
  public boolean concernsRow() {
    return this == FUTURE_ROW || this == SHORT_ROW || this == OUT_OF_RANGE_ROW;
  }
}
