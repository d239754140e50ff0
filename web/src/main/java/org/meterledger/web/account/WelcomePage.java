package org.meterledger.web.account;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.meterledger.user.Account;
import org.meterledger.user.AccountLinks;
import org.meterledger.web.layout.Refusals;
import org.omnifaces.util.Faces;

/** Backs welcome.xhtml, to which the link of an invitation or a reset leads. */
@Named
@RequestScoped
public class WelcomePage {

  @Inject private AccountLinks links;
  @Inject private Refusals refusals;

  private String link;
  private String password;

  /** Not by a view parameter: whether there is a form is asked before those are set. */
  @PostConstruct
  void read() {
    link = Faces.getRequestParameter("link");
  }

  /** Null when the link opens nothing, or nothing any more. */
  public String getName() {
    return link == null ? null : links.account(link).map(Account::name).orElse(null);
  }

  public void submit() {
    refusals.done(
        () -> {
          links.redeem(link, password);
          Faces.redirect(Faces.getRequestContextPath() + "/login.xhtml?ready=true");
        });
  }

  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password;
  }
}
