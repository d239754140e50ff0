package org.meterledger.access;

import java.util.EnumSet;
import java.util.List;
import org.meterledger.server.Database;

/** Callers for tests outside a server. */
public final class TestAccess {

  private TestAccess() {}

  /** Of who may everything. */
  public static Access everything(Database database) {
    return of(
        database, new Privileges.Given(EnumSet.allOf(Permission.class), 1, AccessLevel.CONFIGURE));
  }

  /** Of who was given this. */
  public static Access of(Database database, Privileges.Given... grants) {
    var caller = new CurrentCaller();
    caller.is(1, "somebody", null, new Privileges(List.of(grants)));
    return new Access(database, caller);
  }
}
