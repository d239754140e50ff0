package org.meterledger.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import org.meterledger.user.WebSession;

/**
 * The bearer token that a page gives its own scripts, as {@code #{sessionToken.value}}; it opens
 * the API as long as the session lasts.
 */
@Named
@RequestScoped
public class SessionToken {

  private static final String ATTRIBUTE = WebSession.class.getName();

  @Inject private HttpServletRequest request;

  static WebSession in(HttpSession session) {
    return (WebSession) session.getAttribute(ATTRIBUTE);
  }

  /** The number of the session that somebody came with; 0 for none. */
  public static long idOf(Principal caller) {
    return caller instanceof AccountPrincipal account ? account.webSession() : 0;
  }

  static void put(HttpSession session, WebSession mark) {
    session.setAttribute(ATTRIBUTE, mark);
  }

  /** Empty for nobody. */
  public String getValue() {
    var mark = mark();
    return mark == null ? "" : mark.token();
  }

  /** The number under which the session can be ended; 0 for nobody. */
  public long sessionId() {
    var mark = mark();
    return mark == null ? 0 : mark.id();
  }

  private WebSession mark() {
    var session = request.getSession(false);
    return session == null ? null : in(session);
  }
}
