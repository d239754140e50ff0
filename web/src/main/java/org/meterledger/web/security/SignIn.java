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
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.meterledger.access.CurrentCaller;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.user.Account;
import org.meterledger.user.Accounts;
import org.meterledger.user.PasswordPassed;
import org.meterledger.user.SecondFactors;
import org.meterledger.web.security.SecurityLog.Event;

/** The sign-in form and the way out; the page words what {@link #isFailed} and the rest tell. */
@Named
@RequestScoped
public class SignIn {

  /** In the session: who came half-way, by password or by the identity provider. */
  static final String PASSED = PasswordPassed.class.getName();

  @Inject private SecurityContext security;
  @Inject private ExternalContext external;
  @Inject private Clock clock;
  @Inject private Caller caller;
  @Inject private CurrentCaller current;
  @Inject private SecondFactors factors;
  @Inject private Audit audit;
  @Inject private Accounts accounts;

  private String name;
  private String password;
  private String to;
  private String code;
  private boolean failed;
  private boolean late;
  private Duration wait;

  /** The first step. */
  public void submit() throws IOException, ServletException {
    attempt(SignInCredential.password(name, password, caller.address()));
  }

  /** The second step, for accounts with a second factor. */
  public void submitCode() throws IOException, ServletException {
    var passed = passed();
    if (passed == null) {
      late = true;
    } else {
      attempt(SignInCredential.code(passed, code, caller.address()));
    }
  }

  /** As somebody else, or because there is no code at hand. */
  public void startAgain() throws IOException {
    forget();
    again();
  }

  private void attempt(SignInCredential form) throws IOException, ServletException {
    var request = (HttpServletRequest) external.getRequest();
    if (request.getUserPrincipal() != null) {
      // the container asks no mechanism about who is in already, perhaps somebody else
      request.logout();
    }
    var status =
        security.authenticate(
            request,
            (HttpServletResponse) external.getResponse(),
            withParams().credential(form).newAuthentication(true));
    if (status == AuthenticationStatus.SUCCESS) {
      forget();
      external.redirect(
          external.getRequestContextPath()
              + Paths.next(to, caller.getAccount().confined(), current.privileges()));
    } else if (form.halfWay()) {
      request.getSession();
      request.changeSessionId();
      external.getSessionMap().put(PASSED, factors.passed(form.outcome().account()));
      again();
    } else if (form.outcome() != null && form.outcome().throttled()) {
      SecurityLog.note(Event.SIGN_IN_BLOCKED, request, known());
      wait = Duration.between(clock.instant(), form.outcome().blockedUntil());
    } else {
      SecurityLog.note(Event.SIGN_IN_FAILED, request, known());
      failed = true;
    }
  }

  /** By GET, so that going back or loading anew sends nothing twice. */
  private void again() throws IOException {
    external.redirect(Paths.leading(external.getRequestContextPath() + Paths.SIGN_IN, to));
  }

  private void forget() {
    external.getSessionMap().remove(PASSED);
  }

  private PasswordPassed passed() {
    var session = (HttpSession) external.getSession(false);
    var passed = session == null ? null : (PasswordPassed) session.getAttribute(PASSED);
    return passed != null && factors.lasts(passed) ? passed : null;
  }

  /** Whether the password was right and a code is asked for. */
  public boolean isCodeNeeded() {
    return passed() != null;
  }

  /** The account that was meant; null where the typed name is none. */
  private String known() {
    var passed = passed();
    return passed != null
        ? passed.name()
        : accounts.byName(String.valueOf(name)).map(Account::name).orElse(null);
  }

  /** Ends the session, on pages by POST only. */
  public void signOut() throws IOException, ServletException {
    var request = (HttpServletRequest) external.getRequest();
    if (caller.isSignedIn()) {
      audit.done(AuditAction.SIGN_OUT, caller.getName(), null, null);
    }
    SecurityLog.note(Event.SIGN_OUT, request);
    request.logout();
    external.invalidateSession();
    // by HTTPS, browsers then forget what pages left with them
    external.setResponseHeader("Clear-Site-Data", "\"cache\", \"storage\"");
    external.redirect(external.getRequestContextPath() + Paths.SIGN_IN);
  }

  /** Where the way by the identity provider begins. */
  public String getProviderAddress() {
    return Paths.leading(external.getRequestContextPath() + ProviderSignIn.BEGIN, to);
  }

  /** Why somebody did not come in by the identity provider; null where that was not tried. */
  public String getProviderRefusal() {
    String why = external.getRequestParameterMap().get("provider");
    return why != null && ProviderSignIn.REFUSALS.contains(why) ? why : null;
  }

  /** Whether name and password did not belong together, or the code was not right. */
  public boolean isFailed() {
    return failed;
  }

  /** Whether the code came too long after the password. */
  public boolean isLate() {
    return late;
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

  public String getCode() {
    return code;
  }

  public void setCode(String code) {
    this.code = code;
  }

  /** Where the request wanted to go, a path of this site. */
  public String getTo() {
    return to;
  }

  public void setTo(String to) {
    this.to = to;
  }
}
