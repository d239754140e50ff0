package org.meterledger.access;

import java.io.Serializable;
import java.util.Set;

/**
 * Permissions that go together.
 *
 * @param name unique; pages translate those of the built-in ones by their id
 * @param builtIn stays as it is
 * @param secondFactor whether its holders must come with a second factor
 * @param version counts the changes
 */
public record PortalRole(
    int id,
    String name,
    boolean builtIn,
    boolean secondFactor,
    int version,
    Set<Permission> permissions)
    implements Serializable {

  /** Id of the built-in role that holds every permission. */
  public static final int ADMINISTRATOR = 1;

  /** Id of the built-in role that only sees meters. */
  public static final int VIEWER = 6;
}
