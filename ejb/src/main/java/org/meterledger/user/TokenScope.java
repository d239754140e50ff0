package org.meterledger.user;

import java.io.Serializable;
import java.util.Set;
import org.meterledger.access.Permission;
import org.meterledger.access.Privileges;

/**
 * The part of what an account may do that a token opens.
 *
 * @param permissions null for all that the account has
 * @param groups ids of groups of meters; null for all meters of the account
 */
public record TokenScope(Set<Permission> permissions, Set<Integer> groups) implements Serializable {

  /** All that the account may. */
  public static final TokenScope ALL = new TokenScope(null, null);

  public boolean all() {
    return permissions == null && groups == null;
  }

  /** What is left of these. */
  public Privileges of(Privileges privileges) {
    return all() ? privileges : privileges.within(permissions, groups);
  }
}
