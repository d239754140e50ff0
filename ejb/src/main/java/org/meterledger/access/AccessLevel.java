package org.meterledger.access;

/** How far a grant opens the meters of its group; the G13 gateway knows the same three. */
public enum AccessLevel {
  /** The meters do not exist for the account, whatever other grants say. */
  NONE,
  /** What they are and what is archived of them. */
  VIEW,
  /** Also what the role lets its holder change. */
  CONFIGURE
}
