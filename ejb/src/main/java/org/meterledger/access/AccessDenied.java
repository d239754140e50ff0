package org.meterledger.access;

import jakarta.ejb.ApplicationException;

/** Somebody sees a meter or a group and may not do this with it. */
@ApplicationException(rollback = true)
public class AccessDenied extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Permission permission;

  public AccessDenied(Permission permission, String what) {
    super("Permission " + permission + " is not given for " + what);
    this.permission = permission;
  }

  public Permission permission() {
    return permission;
  }
}
