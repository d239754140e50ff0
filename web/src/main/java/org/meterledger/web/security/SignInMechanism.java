package org.meterledger.web.security;

import static jakarta.security.enterprise.identitystore.CredentialValidationResult.Status.VALID;

import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.Grants;
import org.meterledger.user.WebSession;
import org.meterledger.user.WebSessions;
import org.meterledger.web.api.Problem;
import org.meterledger.web.api.ProblemMapper;
import org.meterledger.web.security.SecurityLog.Event;

/**
 * The one way in. Pages go by session, the API by bearer token and by nothing else: were a cookie
 * good there, any site could make a browser call it.
 */
@ApplicationScoped
public class SignInMechanism implements HttpAuthenticationMechanism {

  private static final String SCHEME = "Bearer ";

  @Inject private IdentityStoreHandler stores;
  @Inject private WebSessions sessions;
  @Inject private Grants grants;
  @Inject private CurrentCaller current;
  @Inject private Door door;
  @Inject private Admission admission;
  @Inject private ProviderSignIn provider;

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    // here and not in a filter, which the answers of this class would never reach
    SecurityHeaders.apply(request, response);
    current.comes(request.getRemoteAddr(), Correlation.of(request));
    try {
      var status = decide(request, response, context);
      if (status == AuthenticationStatus.SEND_CONTINUE && response.isCommitted()) {
        // else the container tries to put an error of its own after it, and logs that it cannot
        ServletRequestContext.requireCurrent().getExchange().endExchange();
      }
      return status;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AuthenticationStatus decide(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws IOException {
    if (!context.isAuthenticationRequest() && door.turnsAway(request, response)) {
      return AuthenticationStatus.SEND_CONTINUE;
    }
    if (Paths.isApi(request)) {
      return answering(request, response, context);
    }
    if (Paths.isProvider(request)) {
      return provider.answer(request, context);
    }
    if (context.getAuthParameters().getCredential() instanceof SignInCredential form) {
      return byForm(request, context, form);
    }
    return Paths.isResource(request) ? context.doNothing() : bySession(request, context);
  }

  private AuthenticationStatus answering(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws IOException {
    try {
      return byToken(request, response, context);
    } catch (RuntimeException e) {
      // no resource and so no mapper is reached yet
      ProblemMapper.bug(request, e).write(request, response);
      return AuthenticationStatus.SEND_CONTINUE;
    }
  }

  /** Never SEND_FAILURE: the container would put its own page over the problem. */
  private AuthenticationStatus byToken(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws IOException {
    String header = request.getHeader("Authorization");
    if (header == null) {
      if (!context.isProtected()) {
        return context.doNothing();
      }
      response.setHeader("WWW-Authenticate", "Bearer");
      Problem.of(401, "A bearer token is needed").write(request, response);
      return AuthenticationStatus.SEND_CONTINUE;
    }
    if (header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      var token = new BearerCredential(header.substring(SCHEME.length()).strip());
      var result = stores.validate(token);
      if (result.getStatus() == VALID) {
        var caller = (AccountPrincipal) result.getCallerPrincipal();
        admission.enter(request, caller);
        if (caller.confined() && !Paths.isSecondFactor(request)) {
          Problem.of(403, "A second factor must be set up first").write(request, response);
          return AuthenticationStatus.SEND_CONTINUE;
        }
        if (door.turnsAway(request, response, caller)) {
          return AuthenticationStatus.SEND_CONTINUE;
        }
        return context.notifyContainerAboutLogin(result);
      }
    }
    SecurityLog.note(Event.TOKEN_REFUSED, request);
    response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    Problem.of(401, "The bearer token is unknown, expired or revoked").write(request, response);
    return AuthenticationStatus.SEND_CONTINUE;
  }

  private AuthenticationStatus byForm(
      HttpServletRequest request, HttpMessageContext context, SignInCredential form) {
    var result = stores.validate(form);
    if (result.getStatus() != VALID) {
      return AuthenticationStatus.SEND_FAILURE;
    }
    var caller = (AccountPrincipal) result.getCallerPrincipal();
    admission.signIn(request, caller, false, Map.of("secondFactor", form.second()));
    return context.notifyContainerAboutLogin(result);
  }

  private AuthenticationStatus bySession(HttpServletRequest request, HttpMessageContext context)
      throws IOException {
    var session = request.getSession(false);
    WebSession mark = session == null ? null : SessionToken.in(session);
    var account = mark == null ? null : sessions.resume(mark).orElse(null);
    if (account != null && !(Paths.isPush(request) && Paths.isForeign(request))) {
      var caller = new AccountPrincipal(account, grants.privileges(account.id()), null, mark.id());
      admission.enter(request, caller);
      if (caller.confined() && !Paths.isSecondFactor(request)) {
        return confined(request, context);
      }
      if (door.turnsAway(request, context.getResponse(), caller)) {
        return AuthenticationStatus.SEND_CONTINUE;
      }
      return context.notifyContainerAboutLogin(caller, caller.containerRoles());
    }
    if (Paths.isPush(request)) {
      if (Paths.isForeign(request)) {
        SecurityLog.note(Event.FORGED, request);
      }
      context.getResponse().setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      return AuthenticationStatus.SEND_CONTINUE;
    }
    boolean ended =
        mark != null
            || request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid();
    if (mark != null) {
      session.invalidate();
    }
    return context.isProtected()
        ? leadTo(Paths.signIn(request, ended), request, context)
        : context.doNothing();
  }

  /** Every way leads to where the second factor is set up. */
  private static AuthenticationStatus confined(
      HttpServletRequest request, HttpMessageContext context) throws IOException {
    if (Paths.isPush(request)) {
      context.getResponse().setStatus(HttpServletResponse.SC_FORBIDDEN);
      return AuthenticationStatus.SEND_CONTINUE;
    }
    return leadTo(Paths.secondFactor(request), request, context);
  }

  private static AuthenticationStatus leadTo(
      String target, HttpServletRequest request, HttpMessageContext context) throws IOException {
    return Paths.isPartial(request) ? partial(context, target) : context.redirect(target);
  }

  /** A script that asked for a part of a page follows a redirect only in its own language. */
  private static AuthenticationStatus partial(HttpMessageContext context, String target)
      throws IOException {
    var response = context.getResponse();
    response.setContentType("text/xml;charset=UTF-8");
    response
        .getWriter()
        .write(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                + target.replace("&", "&amp;")
                + "\"/></partial-response>");
    return AuthenticationStatus.SEND_CONTINUE;
  }
}
