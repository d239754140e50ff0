package org.meterledger.audit;

import java.time.Clock;
import org.meterledger.access.CurrentCaller;
import org.meterledger.server.Database;

/** A trail for tests outside a server, written to by nobody in particular. */
public final class TestAudit {

  private TestAudit() {}

  public static Audit of(Database database, Clock clock) {
    return new Audit(database, new CurrentCaller(), clock);
  }
}
