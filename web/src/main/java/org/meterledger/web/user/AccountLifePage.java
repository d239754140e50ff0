package org.meterledger.web.user;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import org.meterledger.user.Account;
import org.meterledger.user.AccountLinks;
import org.meterledger.user.AccountLocks;
import org.meterledger.user.SignInThrottle;
import org.meterledger.web.layout.Refusals;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Faces;

/** Backs the part of users.xhtml that lets an account in or keeps it out. */
@Named
@RequestScoped
public class AccountLifePage {

  @Inject private UsersPage page;
  @Inject private AccountLinks links;
  @Inject private AccountLocks locks;
  @Inject private SignInThrottle throttle;
  @Inject private Refusals refusals;
  @Inject private Texts texts;

  private AccountLinks.Issued issued;
  private boolean forgetSecondFactor;
  private String reason;

  /** A new account, or one that has no password yet. */
  public void invite() {
    refusals.done(
        () -> {
          if (page.getAccount() == null) {
            page.create();
          }
          issued = links.invite(page.getAccount());
          page.load();
        });
  }

  public void reset() {
    refusals.done(
        () -> {
          issued = links.reset(page.getAccount(), forgetSecondFactor);
          page.load();
        });
  }

  public void lock() {
    refusals.done(
        () -> {
          locks.lock(page.getAccount(), reason);
          page.load();
        });
  }

  public void unlock() {
    refusals.done(
        () -> {
          locks.unlock(page.getAccount());
          page.load();
        });
  }

  /** The link just made; this answer is the only one that shows it. Null else. */
  public String getLink() {
    return issued == null
        ? null
        : Faces.getRequestBaseURL() + "welcome.xhtml?link=" + issued.token();
  }

  public Instant getLinkExpiresAt() {
    return issued.expiresAt();
  }

  /** In one word. */
  public String state(Account account) {
    String word = "enabled";
    if (account.lock() != null) {
      word = "locked";
    } else if (!account.enabled()) {
      word = "disabled";
    } else if (!account.hasPassword() && account.identity() == Account.Identity.NONE) {
      word = "invited";
    }
    return texts.get("users." + word);
  }

  /** The end of the wait after too many failures; null without. */
  public Instant getBlockedUntil() {
    return throttle.blockedUntil(page.getAccount().name()).orElse(null);
  }

  public boolean isForgetSecondFactor() {
    return forgetSecondFactor;
  }

  public void setForgetSecondFactor(boolean forgetSecondFactor) {
    this.forgetSecondFactor = forgetSecondFactor;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }
}
