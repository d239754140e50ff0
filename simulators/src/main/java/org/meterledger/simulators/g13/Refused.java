package org.meterledger.simulators.g13;

/** An error that the gateway answers; an ordinary day, so it carries no stack trace. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  Refused(int status, String des) {
    super(des, null, false, false);
    this.status = status;
  }

  /** What is wrong with the request lies in its values (N52). */
  static Refused invalid() {
    return new Refused(400, "Invalid Request");
  }

  static Refused parse() {
    return new Refused(400, "JSON parse error");
  }

  static Refused missing(String key) {
    return new Refused(400, "missing " + key + " in JSON");
  }

  static Refused forbidden() {
    return new Refused(403, "Forbidden Access Denied");
  }

  static Refused notFound() {
    return new Refused(404, "URI not found.");
  }

  int status() {
    return status;
  }
}
