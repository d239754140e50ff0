package org.meterledger.audit;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.meterledger.server.DatabaseException;

/** Seals once a minute what was written since. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN) // a batch is a transaction of its own
public class AuditKeeper {

  private static final Logger LOG = System.getLogger(AuditKeeper.class.getName());

  @Inject private AuditSeals seals;

  @Schedule(hour = "*", minute = "*", second = "20", persistent = false)
  void seal() {
    try {
      int sealed;
      do {
        sealed = seals.seal();
      } while (sealed == AuditSeals.MOST);
    } catch (DatabaseException e) {
      // somebody changes much at once, or the database is away: the next minute will do
      LOG.log(Level.DEBUG, "Not sealed: {0}", e.getMessage());
    }
  }
}
