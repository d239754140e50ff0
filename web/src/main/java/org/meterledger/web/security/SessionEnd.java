package org.meterledger.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.meterledger.user.WebSessions;

/** However a session ends, its token ends with it. */
@WebListener
public class SessionEnd implements HttpSessionListener {

  @Inject private WebSessions sessions;

  @Override
  public void sessionDestroyed(HttpSessionEvent event) {
    var mark = SessionToken.in(event.getSession());
    if (mark != null) {
      sessions.end(mark);
    }
  }
}
