package org.meterledger.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.meterledger.user.Accounts;
import org.meterledger.user.Passwords;
import org.meterledger.user.WebSessions;
import org.meterledger.web.layout.Refusals;
import org.meterledger.web.layout.Texts;
import org.meterledger.web.security.Caller;
import org.meterledger.web.security.SessionToken;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Backs account.xhtml. */
@Named
@RequestScoped
public class AccountPage {

  @Inject private Caller caller;
  @Inject private SessionToken session;
  @Inject private Passwords passwords;
  @Inject private Accounts accounts;
  @Inject private WebSessions sessions;
  @Inject private Refusals refusals;
  @Inject private Texts texts;

  private String currentPassword;
  private String newPassword;
  private String timeZone;

  public void changePassword() {
    refusals.done(
        () -> {
          passwords.change(
              caller.getAccount(),
              currentPassword,
              newPassword,
              caller.address(),
              session.sessionId());
          Messages.addGlobalInfo(texts.get("account.passwordChanged"));
        });
  }

  public List<WebSessions.Open> getSessions() {
    return sessions.of(caller.getAccount().id());
  }

  /** Whether it is the one that asks. */
  public boolean here(WebSessions.Open each) {
    return each.id() == session.sessionId();
  }

  public void endSession(long id) {
    sessions.end(caller.getAccount(), id);
  }

  public void endOtherSessions() {
    sessions.endOthers(caller.getAccount(), session.sessionId());
  }

  public void useTimeZone() {
    var account = caller.getAccount();
    refusals.done(
        () -> {
          accounts.prefer(account.id(), account.language(), account.theme(), timeZone);
          Faces.redirect(Faces.getRequestContextPath() + "/account.xhtml");
        });
  }

  public List<SelectItem> getTimeZones() {
    var items = new ArrayList<SelectItem>();
    items.add(new SelectItem("", texts.get("account.zoneOfPortal", ZoneId.systemDefault())));
    new TreeSet<>(ZoneId.getAvailableZoneIds())
        .forEach(zone -> items.add(new SelectItem(zone, zone)));
    return items;
  }

  /** Null for that of the portal. */
  public String getTimeZone() {
    var own = caller.getTimeZone();
    return timeZone == null && own != null ? own.getId() : timeZone;
  }

  public void setTimeZone(String timeZone) {
    this.timeZone = timeZone;
  }

  public String getCurrentPassword() {
    return currentPassword;
  }

  public void setCurrentPassword(String currentPassword) {
    this.currentPassword = currentPassword;
  }

  public String getNewPassword() {
    return newPassword;
  }

  public void setNewPassword(String newPassword) {
    this.newPassword = newPassword;
  }
}
