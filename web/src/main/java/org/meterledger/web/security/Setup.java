package org.meterledger.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import org.meterledger.user.AccountRefused;
import org.meterledger.user.FirstAccount;

/** The first account by a code from the log. */
@Named
@RequestScoped
public class Setup {

  @Inject private FirstAccount firstAccount;
  @Inject private ExternalContext external;

  private String code;
  private String name;
  private String password;
  private AccountRefused.Rule refused;

  /** Nobody sees the page once there is an account. */
  public void leaveWhenDone() throws IOException {
    if (!firstAccount.missing()) {
      external.redirect(external.getRequestContextPath() + Paths.SIGN_IN);
    }
  }

  public void submit() throws IOException {
    try {
      firstAccount.redeem(code, name, password);
      external.redirect(external.getRequestContextPath() + Paths.SIGN_IN);
    } catch (AccountRefused e) {
      refused = e.rule();
    }
  }

  /** Code of the rule that is broken; null when none is. */
  public String getRefusedRule() {
    return refused == null ? null : refused.code();
  }

  /** The rule in English; null when none is broken. */
  public String getRefusedText() {
    return refused == null ? null : refused.field() + ": " + refused.text();
  }

  public String getCode() {
    return code;
  }

  public void setCode(String code) {
    this.code = code;
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
}
