package org.meterledger.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.List;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.Permission;
import org.meterledger.user.Account;

/** Who makes the present request; {@code #{caller}} on pages. */
@Named
@RequestScoped
public class Caller {

  private static final String ATTRIBUTE = Caller.class.getName();

  @Inject private HttpServletRequest request;
  @Inject private CurrentCaller current;

  static void of(HttpServletRequest request, Account account) {
    request.setAttribute(ATTRIBUTE, account);
  }

  /** Null for nobody. */
  static Account in(HttpServletRequest request) {
    return (Account) request.getAttribute(ATTRIBUTE);
  }

  /** Null for nobody. */
  public Account getAccount() {
    return in(request);
  }

  public boolean isSignedIn() {
    return getAccount() != null;
  }

  /** Whether a permission is held for at least some meters, or for the portal. */
  public boolean may(Permission permission) {
    return current.privileges().may(permission);
  }

  /** What may be done at least with some meters, or with the portal. */
  public List<Permission> getPermissions() {
    return List.copyOf(current.privileges().permissions());
  }

  /** Whether a permission is held for all meters, as it must be to add one. */
  public boolean mayEverywhere(Permission permission) {
    return current.privileges().scope(permission).everything();
  }

  /** Whether an API token came, and not a page's own. */
  public boolean byToken() {
    return current.tokenId() != null;
  }

  /** Null for nobody. */
  public String getName() {
    return isSignedIn() ? getAccount().name() : null;
  }

  /** Null for what the browser asks. */
  public String getLanguage() {
    return isSignedIn() ? getAccount().language() : null;
  }

  /** Null for that of the portal. */
  public ZoneId getTimeZone() {
    return isSignedIn() ? getAccount().timeZone() : null;
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
