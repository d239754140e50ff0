package org.meterledger.user;

/** Colours of the pages; an account without one follows the system. */
public enum Theme {
  LIGHT,
  DARK
}
