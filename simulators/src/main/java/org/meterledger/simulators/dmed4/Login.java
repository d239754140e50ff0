package org.meterledger.simulators.dmed4;

import java.time.Duration;
import java.time.Instant;

/** The one login of a meter: who is in is in for everybody, until the meter boots. */
final class Login {
  private static final int ATTEMPTS = 3;
  private static final Duration LOCK = Duration.ofMinutes(15);

  private String password;
  private boolean logged;
  private int wrong;
  private Instant lockedUntil = Instant.MIN;

  Login(String password) {
    this.password = password;
  }

  void setPassword(String other) {
    password = other;
  }

  /** Whether this try was the one that locked. */
  boolean attempt(String given, Instant now) {
    if (isLocked(now)) {
      throw Refusal.operation("Locked until " + lockedUntil);
    }
    logged = given.equals(password);
    wrong = logged ? 0 : wrong + 1;
    if (wrong == ATTEMPTS) {
      lockedUntil = now.plus(LOCK);
      wrong = 0;
      return true;
    }
    if (!logged) {
      throw Refusal.operation("Wrong password");
    }
    return false;
  }

  boolean isLocked(Instant now) {
    return now.isBefore(lockedUntil);
  }

  boolean isLogged() {
    return logged;
  }

  void demand() {
    if (!logged) {
      throw Refusal.operation("Not logged in");
    }
  }

  /** After booting nobody is logged in; a lock stays. */
  void boot() {
    logged = false;
  }
}
