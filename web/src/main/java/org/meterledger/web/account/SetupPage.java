package org.meterledger.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.meterledger.user.FirstAccount;
import org.meterledger.web.layout.Refusals;
import org.omnifaces.util.Faces;

/** Backs setup.xhtml: the first account by a code from the log. */
@Named
@RequestScoped
public class SetupPage {

  @Inject private FirstAccount firstAccount;
  @Inject private Refusals refusals;

  private String code;
  private String name;
  private String password;

  /** Nobody sees the page once there is an account. */
  public void leaveWhenDone() {
    if (!firstAccount.missing()) {
      leave();
    }
  }

  public void submit() {
    refusals.done(
        () -> {
          firstAccount.redeem(code, name, password);
          leave();
        });
  }

  private static void leave() {
    Faces.redirect(Faces.getRequestContextPath() + "/login.xhtml");
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
