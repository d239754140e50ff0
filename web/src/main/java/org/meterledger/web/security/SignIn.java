package org.meterledger.web.security;

import static jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters.withParams;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.meterledger.access.Permission;

/** The sign-in form and the way out; the page words what {@link #isFailed} and the rest tell. */
@Named
@RequestScoped
public class SignIn {

  /** For who sees no meters, and so not the overview. */
  private static final String OWN_PAGE = "/account.xhtml";

  @Inject private SecurityContext security;
  @Inject private ExternalContext external;
  @Inject private Clock clock;
  @Inject private Caller caller;

  private String name;
  private String password;
  private String to;
  private boolean failed;
  private Duration wait;

  public void submit() throws IOException, ServletException {
    var request = (HttpServletRequest) external.getRequest();
    if (request.getUserPrincipal() != null) {
      // the container asks no mechanism about who is in already, perhaps somebody else
      request.logout();
    }
    var form = new SignInCredential(name, password, request.getRemoteAddr());
    var status =
        security.authenticate(
            request,
            (HttpServletResponse) external.getResponse(),
            withParams().credential(form).newAuthentication(true));
    if (status == AuthenticationStatus.SUCCESS) {
      String page = Paths.back(to);
      if (!caller.may(Permission.VIEW_METERS) && Paths.isHome(page)) {
        page = OWN_PAGE;
      }
      external.redirect(external.getRequestContextPath() + page);
    } else if (form.outcome() != null && form.outcome().throttled()) {
      wait = Duration.between(clock.instant(), form.outcome().blockedUntil());
    } else {
      failed = true;
    }
  }

  /** Ends the session, on pages by POST only. */
  public void signOut() throws IOException, ServletException {
    var request = (HttpServletRequest) external.getRequest();
    request.logout();
    external.invalidateSession();
    external.redirect(external.getRequestContextPath() + Paths.SIGN_IN);
  }

  /** Whether name and password did not belong together. */
  public boolean isFailed() {
    return failed;
  }

  /** Seconds until the next attempt is looked at; 0 when this one was. */
  public long getWaitSeconds() {
    return wait == null ? 0 : Math.max(1, wait.plusMillis(999).toSeconds());
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  /** Where the request wanted to go, a path of this site. */
  public String getTo() {
    return to;
  }

  public void setTo(String to) {
    this.to = to;
  }
}
