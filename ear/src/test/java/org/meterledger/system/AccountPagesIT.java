package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.Browsers.button;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meterledger.system.SmallIdentityProvider.Person;

/** The pages that say who may do what and who did what, as an administrator has them. */
@ExtendWith(PortalExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class AccountPagesIT {

  private static final Collection<String> PAGES = Screenshots.accountPages("vera").values();

  private Portal portal;
  @AutoClose private Browsers browsers;

  @BeforeAll
  void start(Portal given) {
    portal = given;
    browsers = Browsers.start();
  }

  private Page signedIn(int width) {
    var page = browsers.page(portal.uri(), width, 900, false);
    Browsers.signIn(page, "anna", Portal.SECRET);
    return page;
  }

  @Test
  void everybodyCanUseThem() {
    var faults = new ArrayList<String>();
    try (var page = signedIn(1440)) {
      for (var path : PAGES) {
        assertThat(page.navigate(path).status()).as(path).isEqualTo(200);
        faults.addAll(Axe.faults(path, page));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        faults.addAll(Axe.faultyColours(path, page));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void nothingIsCutOffOnATelephone() {
    try (var page = signedIn(390)) {
      for (var path : PAGES) {
        page.navigate(path);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
            .as(path)
            .isEqualTo(true);
      }
    }
  }

  @Test
  void aBrowserGoesToTheIdentityProviderAndComesBack() throws Exception {
    portal.provider().is(new Person("b-1", "beatrice", List.of("browsers"), List.of("pwd")));
    portal
        .admin()
        .post(
            "identity-provider/grants", "{'claim':'browsers','role':6,'group':1,'access':'VIEW'}");
    try (var page = browsers.page(portal.uri(), 390, 800, true)) {
      page.navigate("/groups.xhtml");
      assertThat(Axe.faults("/login.xhtml", page)).isEmpty();
      page.getByText("Sign in with Town hall").click();
      page.waitForURL("**/groups.xhtml");
      page.navigate("/account.xhtml");
      assertThat(page.locator("h1").textContent()).contains("beatrice");
    }
  }

  @Test
  void aTokenOpensWhatWasChosenForItOnly() throws Exception {
    try (var page = signedIn(1440)) {
      page.navigate("/tokens.xhtml");
      page.getByLabel("Purpose").fill("reader");
      page.getByLabel("See meters and what they recorded").check();
      button(page, "Make a token").click();
      var token = new ApiClient(portal.uri(), page.locator("#issued").textContent());
      assertThat(token.get("meters").statusCode()).isEqualTo(200);
      assertThat(token.get("accounts").statusCode()).isEqualTo(403);
      assertThat(token.get("audit").statusCode()).isEqualTo(403);

      page.navigate("/tokens.xhtml?all=true");
      var row = page.locator("tr", new Page.LocatorOptions().setHasText("reader"));
      assertThat(row.textContent())
          .contains("anna", "See meters and what they recorded", "all meters of the account");
      row.getByText("Revoke").click();
      row.getByText("Ended").waitFor();
      assertThat(token.get("meters").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aSessionIsEndedFromTheListOfAll() throws Exception {
    var other = portal.signedIn("vera");
    assertThat(other.get("/index.xhtml").statusCode()).isEqualTo(200);
    try (var page = signedIn(1440)) {
      page.navigate("/sessions.xhtml");
      var of = new Page.LocatorOptions().setHasText("vera");
      int before = page.locator("tbody tr", of).count();
      page.locator("tbody tr", of).first().getByText("End").click();
      page.waitForLoadState();
      assertThat(page.locator("tbody tr", of).count()).isEqualTo(before - 1);
    }
    assertThat(other.get("/index.xhtml").statusCode()).as("it was the newest").isEqualTo(302);
  }
}
