package org.meterledger.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.meterledger.user.Account;
import org.meterledger.user.Identities;
import org.meterledger.web.layout.Refusals;
import org.meterledger.web.layout.Texts;
import org.meterledger.web.security.Caller;
import org.meterledger.web.security.ProviderSignIn;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Backs the part of account.xhtml by which an account is linked with the identity provider. */
@Named
@RequestScoped
public class IdentityLinkPage {

  @Inject private Caller caller;
  @Inject private Identities identities;
  @Inject private ProviderSignIn provider;
  @Inject private Refusals refusals;
  @Inject private Texts texts;

  private String currentPassword;

  /** The first step: the password; then the page leads to the provider. */
  public void link() {
    refusals.done(
        () -> {
          identities.mayLink(caller.getAccount(), currentPassword, caller.address());
          provider.mayLink(Faces.getSession(), caller.getAccount());
          Faces.redirect(Faces.getRequestContextPath() + "/account.xhtml#identity");
        });
  }

  /** The account's sessions end, this one too. */
  public void unlink() {
    refusals.done(
        () -> {
          identities.unlink(caller.getAccount(), currentPassword, caller.address());
          Faces.redirect(Faces.getRequestContextPath() + "/account.xhtml");
        });
  }

  public boolean isLinked() {
    return caller.getAccount().identity() != Account.Identity.NONE;
  }

  /** Whether the password has just been given, and the way to the provider is open. */
  public boolean isOpen() {
    return !isLinked() && provider.linksSoon(Faces.getSession(false), caller.getAccount());
  }

  /** Tells what came of it, once the browser is back. */
  public void tell() {
    String came = Faces.getRequestParameter("identity");
    if (came != null && !Faces.isPostback()) {
      if (came.equals("linked")) {
        Messages.addGlobalInfo(texts.get("identity.linked"));
      } else if (ProviderSignIn.REFUSALS.contains(came)) {
        Messages.addGlobalError(texts.get("provider." + came));
      }
    }
  }

  public String getCurrentPassword() {
    return currentPassword;
  }

  public void setCurrentPassword(String currentPassword) {
    this.currentPassword = currentPassword;
  }
}
