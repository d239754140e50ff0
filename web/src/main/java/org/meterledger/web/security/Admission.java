package org.meterledger.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.user.WebSessions;
import org.meterledger.web.security.SecurityLog.Event;

/** What happens when somebody is known, by whatever way. */
@ApplicationScoped
public class Admission {

  @Inject private WebSessions sessions;
  @Inject private CurrentCaller current;
  @Inject private Audit audit;

  /** The request is somebody's from here on. */
  void enter(HttpServletRequest request, AccountPrincipal caller) {
    Caller.of(request, caller.account());
    if (!caller.privileges().scope(Permission.VIEW_METERS).everything()) {
      Denials.seesLittle(request);
    }
    current.is(
        caller.account().id(), caller.account().name(), caller.tokenId(), caller.privileges());
  }

  /**
   * Somebody has signed in: the browser gets a session, and one that it had is over.
   *
   * @param secondFactor whether the identity provider has asked for one
   * @param told what the trail tells of the way
   */
  void signIn(
      HttpServletRequest request,
      AccountPrincipal caller,
      boolean secondFactor,
      Map<String, Object> told) {
    var session = request.getSession();
    if (SessionToken.in(session) != null) {
      sessions.end(SessionToken.in(session));
    }
    // an id that was known before, perhaps to somebody else, must not become a signed-in one
    request.changeSessionId();
    SessionToken.put(
        session, sessions.start(caller.account(), request.getRemoteAddr(), secondFactor));
    enter(request, caller);
    audit.done(AuditAction.SIGN_IN, caller.getName(), null, told);
    SecurityLog.note(Event.SIGN_IN, request);
  }
}
