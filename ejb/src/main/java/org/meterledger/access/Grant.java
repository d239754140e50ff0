package org.meterledger.access;

import java.io.Serializable;

/**
 * What an account may do with the meters of a group.
 *
 * @param roleId null where access is none
 */
public record Grant(Integer roleId, int groupId, AccessLevel access) implements Serializable {

  /** Everything. */
  public static final Grant ADMINISTRATOR =
      new Grant(PortalRole.ADMINISTRATOR, Privileges.ALL_METERS, AccessLevel.CONFIGURE);

  /** Sees all meters. */
  public static final Grant VIEWER =
      new Grant(PortalRole.VIEWER, Privileges.ALL_METERS, AccessLevel.VIEW);
}
