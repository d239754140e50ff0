package org.meterledger.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.meterledger.user.AccountRefused;
import org.meterledger.user.ApiToken;
import org.meterledger.user.ApiTokens;
import org.meterledger.user.Passwords;
import org.meterledger.user.TokenScope;
import org.meterledger.web.layout.Texts;
import org.meterledger.web.security.Caller;
import org.meterledger.web.security.SessionToken;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Backs account.xhtml. */
@Named
@RequestScoped
public class AccountPage {

  private static final int USUAL_DAYS = 365;

  @Inject private Caller caller;
  @Inject private SessionToken session;
  @Inject private Passwords passwords;
  @Inject private ApiTokens tokens;
  @Inject private Texts texts;
  @Inject private Clock clock;

  private String present;
  private String next;
  private String label;
  private int days = USUAL_DAYS;
  private String issued;

  public void changePassword() {
    try {
      passwords.change(
          caller.getAccount(), present, next, Faces.getRemoteAddr(), session.sessionId());
      Messages.addGlobalInfo(texts.get("account.passwordChanged"));
    } catch (AccountRefused refused) {
      Messages.addGlobalError(texts.of("refused", refused.rule().code()));
    }
  }

  public void issue() {
    try {
      issued =
          tokens
              .issue(
                  caller.getAccount(),
                  label,
                  clock.instant().plus(Duration.ofDays(days)),
                  TokenScope.ALL)
              .token();
      label = null;
    } catch (AccountRefused refused) {
      Messages.addGlobalError(texts.of("refused", refused.rule().code()));
    }
  }

  public void revoke(int id) {
    tokens.revoke(id, caller.getAccount(), false);
  }

  public List<ApiToken> getTokens() {
    return tokens.of(caller.getAccount());
  }

  /** Whether a token opens nothing any more. */
  public boolean ended(ApiToken token) {
    return token.revokedAt() != null || token.expiresAt().isBefore(clock.instant());
  }

  /** The server's, since an account has no place. */
  public ZoneId getZone() {
    return ZoneId.systemDefault();
  }

  /** The token just made; this answer is the only one that shows it. */
  public String getIssued() {
    return issued;
  }

  public String getPresent() {
    return present;
  }

  public void setPresent(String present) {
    this.present = present;
  }

  public String getNext() {
    return next;
  }

  public void setNext(String next) {
    this.next = next;
  }

  public String getLabel() {
    return label;
  }

  public void setLabel(String label) {
    this.label = label;
  }

  public int getDays() {
    return days;
  }

  public void setDays(int days) {
    this.days = days;
  }
}
