package org.meterledger.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.meterledger.user.SecondFactors;
import org.meterledger.web.layout.Refusals;
import org.meterledger.web.layout.Texts;
import org.meterledger.web.security.Caller;
import org.meterledger.web.security.Paths;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Backs second-factor.xhtml, which sets one up or removes it. */
@Named
@RequestScoped
public class SecondFactorPage {

  @Inject private Caller caller;
  @Inject private SecondFactors factors;
  @Inject private Refusals refusals;
  @Inject private Texts texts;

  private SecondFactors.Begun begun;
  private List<String> recoveryCodes;
  private String code;
  private String currentPassword;
  private String to;

  public void confirm() {
    refusals.done(
        () -> {
          recoveryCodes =
              factors.confirm(caller.getAccount(), currentPassword, code, caller.address());
          // what the session may has grown
          Faces.getRequest().changeSessionId();
        });
  }

  public void remove() {
    refusals.done(
        () -> {
          factors.remove(caller.getAccount(), currentPassword, code, caller.address());
          Messages.addFlashGlobalInfo(texts.get("secondFactor.removed"));
          Faces.redirect(Faces.getRequestContextPath() + "/account.xhtml");
        });
  }

  public boolean isAvailable() {
    return factors.available();
  }

  public boolean isPresent() {
    return caller.getAccount().secondFactor();
  }

  /** What the app has to know; begun when the page first shows it. */
  public SecondFactors.Begun getBegun() {
    if (begun == null) {
      begun = factors.begin(caller.getAccount());
    }
    return begun;
  }

  /** The same as an image. */
  public String getPicture() {
    return QrCode.image(getBegun().uri());
  }

  /** Just made; this answer is the only one that shows them. Null else. */
  public List<String> getRecoveryCodes() {
    return recoveryCodes;
  }

  public int getRecoveryCodesLeft() {
    return factors.recoveryCodesLeft(caller.getAccount());
  }

  /** Where the person wanted to go. */
  public String getNext() {
    return Faces.getRequestContextPath() + (to == null ? "/account.xhtml" : Paths.back(to));
  }

  public String getCode() {
    return code;
  }

  public void setCode(String code) {
    this.code = code;
  }

  public String getCurrentPassword() {
    return currentPassword;
  }

  public void setCurrentPassword(String currentPassword) {
    this.currentPassword = currentPassword;
  }

  public String getTo() {
    return to;
  }

  public void setTo(String to) {
    this.to = to;
  }
}
