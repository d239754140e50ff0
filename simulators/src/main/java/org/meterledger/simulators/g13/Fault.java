package org.meterledger.simulators.g13;

/** What a gateway can be told to do wrong; the meters' records stay right. */
public enum Fault {
  /** Takes the request and never answers; the connection stays open. */
  NO_ANSWER(false),
  /** Resets the connection (RST) instead of answering. */
  CONNECTION_RESET(false),
  /** Status 200 with an error in the body. */
  ERROR_UNDER_200(false),
  /** Status 500. */
  INTERNAL_ERROR(false),
  /** Status 200 with a body that is no JSON. */
  GARBAGE(false),
  /** Status 401 with a page, whatever the password. */
  UNAUTHORIZED(false),
  /** Status 403 with a page, as a login is refused while another user holds the session. */
  SESSION_REFUSED(false),
  /** Does what is asked, sends about half of the body and closes; {@code /lasterror} tells why. */
  BODY_CUT(true),
  /**
   * Does what is asked and ends the body half-way as if it were whole; {@code /lasterror} tells
   * why.
   */
  BODY_TRUNCATED(true),
  /** The meter behind the resource does not answer; resources of the gateway do not show it. */
  METER_OFFLINE(true),
  /**
   * An update of several parts aborts at the second, whose name the error tells; the first stays
   * applied. Only updates show it.
   */
  PARTIAL_UPDATE(true),
  /** Sends the right answer at one byte per second. */
  SLOW_DRIP(true);

  private final boolean answered;

  Fault(boolean answered) {
    this.answered = answered;
  }

  /** Whether the gateway does what was asked. */
  boolean isAnswered() {
    return answered;
  }

  /** Whether the answer to such a request can show this fault. */
  boolean concerns(String verb, String path) {
    return switch (this) {
      case METER_OFFLINE -> path.matches("/meters/(?!scanned/)[^/]+/.+");
      case PARTIAL_UPDATE -> !verb.equals("GET");
      default -> true;
    };
  }
}
