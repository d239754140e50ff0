package org.meterledger.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.meterledger.user.Account;
import org.meterledger.user.Role;

/** Who makes the present request; {@code #{caller}} on pages. */
@Named
@RequestScoped
public class Caller {

  private static final String ATTRIBUTE = Caller.class.getName();

  @Inject private HttpServletRequest request;

  static void of(HttpServletRequest request, Account account) {
    request.setAttribute(ATTRIBUTE, account);
  }

  /** Null for nobody. */
  public Account getAccount() {
    return (Account) request.getAttribute(ATTRIBUTE);
  }

  public boolean isSignedIn() {
    return getAccount() != null;
  }

  public boolean isAdministrator() {
    return isSignedIn() && getAccount().role() == Role.ADMINISTRATOR;
  }

  /** Null for nobody. */
  public String getName() {
    return isSignedIn() ? getAccount().name() : null;
  }

  /** Null for what the browser asks. */
  public String getLanguage() {
    return isSignedIn() ? getAccount().language() : null;
  }

  /** {@code LIGHT}, {@code DARK} or null for what the system is set to. */
  public String getTheme() {
    return isSignedIn() && getAccount().theme() != null ? getAccount().theme().name() : null;
  }

  /** Of the client, as a literal. */
  public String address() {
    return request.getRemoteAddr();
  }
}
