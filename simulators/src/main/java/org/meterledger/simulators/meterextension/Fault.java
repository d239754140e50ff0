package org.meterledger.simulators.meterextension;

/** What a box can be told to do wrong on the wire; what it has heard stays right. */
public enum Fault {
  /** Takes the request and never answers; the connection stays open. */
  NO_ANSWER,
  /** Does what is asked and resets the connection (RST) instead of answering. */
  CONNECTION_RESET,
  /** Promises a length, sends about half of it and closes. */
  BODY_CUT,
  /** Promises no length, sends about half and closes: the end looks clean. */
  BODY_CUT_UNANNOUNCED,
  /** Status 200 with binary noise. */
  GARBAGE,
  /** Status 500. */
  HTTP_500,
  /** Status 302 to another host. */
  REDIRECT,
  /** Status 200 with the page of some other appliance. */
  HTML_PAGE,
  /** The right answer with the id of another request. */
  WRONG_ID,
  /** The filled example just as the manual (3.5.1) misprints it. */
  MISPRINTED_EXAMPLE,
  /** The answer to a command that is not known, as it is printed (3.2.1). */
  UNKNOWN_COMMAND
}
