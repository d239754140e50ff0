package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.meterledger.system.Portal.SECRET;
import static org.meterledger.system.Portal.account;
import static org.meterledger.system.Portal.assertProblem;
import static org.meterledger.system.Portal.assertRefused;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.microsoft.playwright.PlaywrightException;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of an account from its invitation on, and what a second factor opens and closes. */
@ExtendWith(PortalExtension.class)
class SecondFactorIT {

  private static final String CHOSEN = "ruthless copper kettle";

  private final Portal portal;
  private final ApiClient admin;

  SecondFactorIT(Portal portal) {
    this.portal = portal;
    this.admin = portal.admin();
  }

  @Test
  void anAccountFromItsInvitationToItsReset() throws Exception {
    add("{'name':'ida','grants':[{'role':6,'group':1,'access':'VIEW'}]}");
    String invitation = link(admin.post("accounts/ida/invitation", null));
    choose(invitation, "ida");
    assertThat(new Browser(portal.uri()).get(invitation).body())
        .contains("opens nothing any more")
        .doesNotContain("account-name");

    var profile = new Browser(portal.uri());
    assertThat(target(profile.signIn("ida", CHOSEN))).endsWith("/");
    var begun = Instant.now();
    String secret = between(profile.get("/second-factor.xhtml").body(), "id=\"secret\">", "<");
    var done =
        profile.press(
            "/second-factor.xhtml",
            "confirm",
            Map.of("code", code(secret, begun), "currentPassword", CHOSEN));
    var recovery =
        Pattern.compile("<li><code>([0-9A-Z-]{29})</code>")
            .matcher(done.body())
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(recovery).as(done.body()).hasSize(10);
    assertThat(profile.get("/api.xhtml").statusCode()).as("the session goes on").isEqualTo(200);

    String next = code(secret, begun.plusSeconds(30));
    var browser = atTheCode("ida");
    assertThat(alert(browser.submit("/login.xhtml", Map.of("code", "00000x")))).contains("code");
    assertThat(target(browser.submit("/login.xhtml", Map.of("code", next)))).endsWith("/");
    assertThat(browser.get("/api.xhtml").statusCode()).isEqualTo(200);

    var replaying = atTheCode("ida");
    assertThat(alert(replaying.submit("/login.xhtml", Map.of("code", next)))).contains("code");
    assertThat(target(replaying.submit("/login.xhtml", Map.of("code", recovery.get(0)))))
        .endsWith("/");
    assertThat(alert(atTheCode("ida").submit("/login.xhtml", Map.of("code", recovery.get(0)))))
        .contains("code");

    String reset = link(admin.post("accounts/ida/reset", "{'forgetSecondFactor':true}"));
    assertThat(target(browser.get("/api.xhtml"))).contains("login.xhtml?ended=true");
    assertThat(browser.get("/login.xhtml?ended=true").body()).contains("Your session has ended");
    assertThat(alert(new Browser(portal.uri()).signIn("ida", CHOSEN))).contains("belong together");
    choose(reset, "ida");
    assertThat(target(new Browser(portal.uri()).signIn("ida", CHOSEN))).endsWith("/");

    assertThat(trail("ida"))
        .contains(
            "ACCOUNT_INVITE DONE",
            "PASSWORD_CHANGE DONE",
            "SIGN_IN DONE",
            "SIGN_IN FAILED",
            "SECOND_FACTOR_ADD DONE",
            "ACCOUNT_RESET DONE");
    assertThat(String.join("\n", rows("select e::text from audit_entry e")))
        .doesNotContain(CHOSEN, secret, recovery.get(0), invitation.split("=")[1]);
  }

  private void add(String account) throws Exception {
    var made = admin.post("accounts", account);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
  }

  private static String link(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var link = URI.create(JsonPath.from(answer.body()).getString("link"));
    return link.getPath() + "?" + link.getQuery();
  }

  private void choose(String link, String name) throws Exception {
    var browser = new Browser(portal.uri());
    assertThat(browser.get(link).body()).contains("id=\"account-name\">" + name + "<");
    assertThat(browser.submit(link, Map.of("password", "password1234")).body())
        .contains("one of the most common");
    assertThat(target(browser.submit(link, Map.of("password", CHOSEN))))
        .endsWith("/login.xhtml?ready=true");
  }

  /** The password was right, and opens nothing. */
  private Browser atTheCode(String name) throws Exception {
    var browser = new Browser(portal.uri());
    assertThat(target(browser.signIn(name, CHOSEN))).endsWith("/login.xhtml");
    assertThat(target(browser.get("/api.xhtml"))).contains("/login.xhtml");
    assertThat(browser.get("/login.xhtml").body()).contains("<meta name=\"api-token\" />");
    return browser;
  }

  @Test
  void whoseRoleDemandsOneSetsItUpBeforeAnythingElse() throws Exception {
    var role =
        admin.post("roles", "{'name':'Guarded','secondFactor':true,'permissions':['VIEW_METERS']}");
    int id = JsonPath.from(role.body()).getInt("id");
    add(account("gina").replace("'role':6", "'role':" + id));
    var browser = new Browser(portal.uri());

    assertThat(target(browser.signIn("gina", SECRET))).endsWith("/second-factor.xhtml");
    assertThat(target(browser.get("/meters/list.xhtml?search=x")))
        .endsWith("/second-factor.xhtml?to=%2Fmeters%2Flist.xhtml%3Fsearch%3Dx");
    assertThat(target(browser.get("/account.xhtml"))).contains("/second-factor.xhtml");
    assertThat(browser.get("/index.xhtml", "Faces-Request", "partial/ajax").body())
        .contains("<redirect url=\"/second-factor.xhtml");
    String token =
        between(browser.get("/second-factor.xhtml").body(), "name=\"api-token\" content=\"", "\"");
    var ofSession = new ApiClient(portal.uri(), token);
    for (String path : List.of("meters", "account", "tokens", "openapi.json")) {
      assertProblem(ofSession.get(path), 403);
    }
    assertProblem(ofSession.post("account/second-factor/removal", "{}"), 403);
    assertThat(ofSession.get("account/second-factor").body()).contains("\"required\":true");
    try (var program = ApiToken.issued(portal.database(), "gina")) {
      var client = new ApiClient(portal.uri(), program.text());
      assertThat(client.get("meters").statusCode()).isEqualTo(200);
      assertProblem(client.post("account/second-factor", null), 403);
    }

    var begun = ofSession.post("account/second-factor", null);
    String secret = JsonPath.from(begun.body()).getString("secret");
    assertRefused(confirm(ofSession, "00000x"), "code", "code-wrong");
    var codes = confirm(ofSession, code(secret, Instant.now()));
    assertThat(JsonPath.from(codes.body()).getList("recoveryCodes")).as(codes.body()).hasSize(10);

    assertThat(ofSession.get("meters").statusCode()).isEqualTo(200);
    assertThat(browser.get("/meters/list.xhtml").statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> confirm(ApiClient client, String code) throws Exception {
    return client.send(
        "PUT",
        "account/second-factor",
        "{'currentPassword':'" + SECRET + "','code':'" + code + "'}");
  }

  @Test
  void aLockedAccountIsToldLikeAWrongPasswordUntilItIsUnlocked() throws Exception {
    add(account("lola"));
    var ofSession = new ApiClient(portal.uri(), portal.signedIn("lola").token());
    assertRefused(
        admin.send("PUT", "accounts/lola/lock", "{'reason':' '}"), "reason", "lock-reason-form");
    assertThat(admin.send("PUT", "accounts/lola/lock", "{'reason':'lost laptop'}").statusCode())
        .isEqualTo(204);

    assertProblem(ofSession.get("account"), 401);
    assertThat(alert(new Browser(portal.uri()).signIn("lola", SECRET)))
        .isEqualTo(alert(new Browser(portal.uri()).signIn("nobody", SECRET)));
    assertThat(admin.get("accounts/lola/lock").body()).contains("lost laptop");
    assertThat(portal.signedIn("anna").get("/users.xhtml?name=lola").body())
        .contains("lost laptop");

    assertThat(admin.send("DELETE", "accounts/lola/lock", null).statusCode()).isEqualTo(204);
    assertThat(target(new Browser(portal.uri()).signIn("lola", SECRET))).endsWith("/");
  }

  @Test
  void unlockingEndsTheWaitAfterTooManyFailures() throws Exception {
    add(account("thea"));
    var browser = new Browser(portal.uri());
    for (int i = 0; i < 5; i++) {
      browser.signIn("thea", "not the right secret");
    }
    assertThat(admin.get("accounts/thea/lock").body()).contains("blockedUntil");

    admin.send("DELETE", "accounts/thea/lock", null);

    assertThat(target(browser.signIn("thea", SECRET))).endsWith("/");
  }

  @Test
  void theProfileEndsOtherSessionsAndHasATimeZone() throws Exception {
    add(account("petra"));
    var here = portal.signedIn("petra");
    var there = portal.signedIn("petra");
    var ofSession = new ApiClient(portal.uri(), here.token());
    assertRefused(
        ofSession.send("PUT", "account/preferences", "{'timeZone':'Mars'}"),
        "timeZone",
        "time-zone-unknown");
    ofSession.send("PUT", "account/preferences", "{'timeZone':'Pacific/Auckland'}");
    assertThat(here.get("/account.xhtml").body()).containsPattern("NZ[SD]T<");

    here.press("/account.xhtml", "endOthers");

    assertThat(target(there.get("/api.xhtml"))).contains("/login.xhtml?ended=true");
    assertThat(here.get("/api.xhtml").statusCode()).isEqualTo(200);
    here.press("/api.xhtml", "sign-out");
    assertThat(trail("petra")).contains("SESSION_END DONE", "SIGN_OUT DONE");
  }

  /** One click makes the account and its link. */
  @Test
  void thePageOfUsersInvitesAndThePagesAreForEverybody() throws Exception {
    Browsers browsers;
    try {
      browsers = Browsers.start();
    } catch (PlaywrightException e) {
      abort("No Chromium is installed and none can be fetched: " + e.getMessage());
      return;
    }
    var faults = new ArrayList<String>();
    try (browsers) {
      for (int width : new int[] {1440, 390}) {
        var page = browsers.page(portal.uri(), width, 900, width == 390);
        Browsers.signIn(page, "anna", SECRET);
        page.navigate("/users.xhtml");
        page.fill("[id='edit:newName']", "wanda" + width);
        page.click("[id='edit:invite']");
        String link = page.textContent("#link");
        faults.addAll(Axe.faults("invited", page));
        page.fill("[id='locking:reason']", "");
        page.click("[id='locking:lock']");
        assertThat(page.textContent("[id='locking:reason-message']")).contains("200");
        for (String path : List.of("/account.xhtml", "/second-factor.xhtml")) {
          page.navigate(path);
          faults.addAll(Axe.faults(path, page));
        }
        page.context().clearCookies();
        page.navigate(link);
        faults.addAll(Axe.faults("welcome", page));
        page.fill("[id='welcome:password']", "password1234");
        page.click("[id='welcome:submit']");
        assertThat(page.textContent("[id='welcome:password-message']")).contains("common");
        page.fill("[id='welcome:password']", CHOSEN);
        page.click("[id='welcome:submit']");
        faults.addAll(Axe.faults("ready", page));
        page.context().close();
      }
    }
    assertThat(faults).isEmpty();
  }

  private static String target(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static String alert(HttpResponse<String> page) {
    return between(page.body(), "role=\"alert\">", "<");
  }

  private static String between(String text, String before, String after) {
    int begin = text.indexOf(before);
    assertThat(begin).as(text).isNotNegative();
    begin += before.length();
    return text.substring(begin, text.indexOf(after, begin));
  }

  private static String code(String secret, Instant at) throws Exception {
    var key = new SecretKeySpec(new Base32().decode(secret), "HmacSHA1");
    return new TimeBasedOneTimePasswordGenerator()
        .generateOneTimePasswordString(key, at, Locale.ROOT);
  }

  private List<String> trail(String account) throws Exception {
    return rows(
        "select action || ' ' || outcome from audit_entry where '"
            + account
            + "' in (subject, account)");
  }

  private List<String> rows(String sql) throws Exception {
    try (var connection = portal.database().dataSource().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var all = new ArrayList<String>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    }
  }
}
