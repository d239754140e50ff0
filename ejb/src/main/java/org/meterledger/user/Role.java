package org.meterledger.user;

import java.util.Set;

/** What an account may do. The larger role holds the smaller one. */
public enum Role {
  /** Sees everything that is archived, changes nothing. */
  VIEWER(Set.of(Names.VIEWER)),
  /** Maintains meters and accounts as well. */
  ADMINISTRATOR(Set.of(Names.ADMINISTRATOR, Names.VIEWER));

  private final Set<String> groups;

  Role(Set<String> groups) {
    this.groups = groups;
  }

  /** The role names of the container that an account of this role holds. */
  public Set<String> groups() {
    return groups;
  }

  /** For annotations, which take only constants. */
  public static final class Names {
    public static final String VIEWER = "VIEWER";
    public static final String ADMINISTRATOR = "ADMINISTRATOR";

    private Names() {}
  }
}
