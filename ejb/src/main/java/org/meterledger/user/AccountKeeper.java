package org.meterledger.user;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.meterledger.server.DatabaseException;

/** Starts with the node, and clears away once an hour what has expired. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN) // each statement stands for itself
public class AccountKeeper {

  private static final Logger LOG = System.getLogger(AccountKeeper.class.getName());

  @Inject private FirstAccount firstAccount;
  @Inject private WebSessions sessions;
  @Inject private SignInThrottle throttle;
  @Inject private AccountLinks links;

  @PostConstruct
  void start() {
    firstAccount.prepare(System.getenv());
  }

  @Schedule(hour = "*", minute = "7", persistent = false)
  void clear() {
    try {
      sessions.forget();
      throttle.forget();
      links.forget();
    } catch (DatabaseException e) {
      LOG.log(Level.WARNING, "Could not clear expired sessions, trying again in an hour", e);
    }
  }
}
