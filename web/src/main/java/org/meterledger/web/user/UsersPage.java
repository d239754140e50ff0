package org.meterledger.web.user;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.Grant;
import org.meterledger.access.Grants;
import org.meterledger.access.PortalRole;
import org.meterledger.meter.MeterRow;
import org.meterledger.meter.Meters;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.user.Account;
import org.meterledger.user.Accounts;
import org.meterledger.user.ApiToken;
import org.meterledger.user.ApiTokens;
import org.meterledger.user.Identities;
import org.meterledger.user.WebSessions;
import org.meterledger.web.layout.Refusals;
import org.meterledger.web.security.Caller;
import org.omnifaces.util.Faces;

/** Backs users.xhtml: all accounts, and the one that is looked at or made. */
@Named
@ViewScoped
public class UsersPage implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int SEEN_SHOWN = 20;

  @Inject private Accounts accounts;
  @Inject private Identities identities;
  @Inject private Grants grants;
  @Inject private Meters meters;
  @Inject private ApiTokens tokens;
  @Inject private WebSessions sessions;
  @Inject private Caller caller;
  @Inject private Refusals refusals;

  private String name;
  private Account account;
  private String newName;
  private boolean enabled = true;
  private final List<Grant> given = new ArrayList<>();
  private Integer role = PortalRole.VIEWER;
  private int group = 1;
  private AccessLevel access = AccessLevel.VIEW;

  /** Answers 404 where there is no such account. */
  public void load() {
    if (name == null) {
      return;
    }
    account = accounts.byName(name).orElse(null);
    if (account == null) {
      Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
      return;
    }
    enabled = account.enabled();
    given.clear();
    given.addAll(sorted(grants.of(account.id())));
  }

  /** Makes the account, which chooses its own password; the page goes on with it. */
  void create() {
    account = accounts.create(newName, null, given);
    name = account.name();
  }

  private static List<Grant> sorted(Iterable<Grant> unsorted) {
    var all = new ArrayList<Grant>();
    unsorted.forEach(all::add);
    all.sort(
        Comparator.comparing(Grant::groupId)
            .thenComparing(Grant::roleId, Comparator.nullsFirst(Comparator.naturalOrder())));
    return all;
  }

  public void addGrant() {
    given.add(new Grant(access == AccessLevel.NONE ? null : role, group, access));
  }

  public void removeGrant(int number) {
    given.remove(number);
  }

  public void save() {
    refusals.done(
        () ->
            show(
                accounts
                    .change(account.id(), account.version(), given, enabled)
                    .orElseThrow(() -> new ChangedMeanwhile("Account " + name))));
  }

  public void remove() {
    refusals.done(
        () -> {
          accounts.remove(account.id());
          Faces.redirect(Faces.getRequestContextPath() + "/users.xhtml");
        });
  }

  /** Parts the account from its identity at the provider. */
  public void unlink() {
    refusals.done(
        () -> {
          identities.unlink(account);
          show(account);
        });
  }

  public void revoke(int token) {
    tokens.revoke(token, caller.getAccount(), true);
  }

  public void endSessions() {
    sessions.endAll(account);
  }

  private static void show(Account shown) {
    Faces.redirect(Faces.getRequestContextPath() + "/users.xhtml?name=%s", shown.name());
  }

  public List<Account> getAll() {
    return accounts.all();
  }

  /** What an account was given, in words. */
  public List<Grant> grantsOf(Account each) {
    return sorted(grants.of(each.id()));
  }

  /** The first meters that the account sees. */
  public List<MeterRow> getSeen() {
    return meters.seenBy(account.id(), 0, SEEN_SHOWN);
  }

  public long getSeenCount() {
    return meters.countSeenBy(account.id());
  }

  public List<ApiToken> getTokens() {
    return tokens.of(account);
  }

  public List<WebSessions.Open> getSessions() {
    return sessions.of(account.id());
  }

  public Account getAccount() {
    return account;
  }

  public List<Grant> getGiven() {
    return given;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getNewName() {
    return newName;
  }

  public void setNewName(String newName) {
    this.newName = newName;
  }

  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public Integer getRole() {
    return role;
  }

  public void setRole(Integer role) {
    this.role = role;
  }

  public int getGroup() {
    return group;
  }

  public void setGroup(int group) {
    this.group = group;
  }

  public AccessLevel getAccess() {
    return access;
  }

  public void setAccess(AccessLevel access) {
    this.access = access;
  }
}
