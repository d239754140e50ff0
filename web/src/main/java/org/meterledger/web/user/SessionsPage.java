package org.meterledger.web.user;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.meterledger.user.Accounts;
import org.meterledger.user.WebSessions;

/** Backs sessions.xhtml. */
@Named
@RequestScoped
public class SessionsPage {

  @Inject private WebSessions sessions;
  @Inject private Accounts accounts;

  private List<WebSessions.Held> all;

  public List<WebSessions.Held> getAll() {
    if (all == null) {
      all = sessions.all();
    }
    return all;
  }

  public void end(String account, long id) {
    accounts.byName(account).ifPresent(whose -> sessions.end(whose, id));
    all = null;
  }
}
