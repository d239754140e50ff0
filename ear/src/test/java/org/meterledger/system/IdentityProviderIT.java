package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.Portal.SECRET;
import static org.meterledger.system.Portal.assertProblem;

import io.restassured.path.json.JsonPath;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.system.SmallIdentityProvider.Person;
import org.meterledger.system.SmallIdentityProvider.Trick;

/** Who comes in by the identity provider, and what does not get anybody in. */
@ExtendWith(PortalExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class IdentityProviderIT {

  private static final String GRANTS = "identity-provider/grants";
  private static final Person VERONICA = person("v-1", "veronica", "viewers");

  private final Portal portal;
  private final SmallIdentityProvider provider;
  private final ApiClient admin;
  private final List<Integer> given = new ArrayList<>();
  private int accounts;

  IdentityProviderIT(Portal portal) {
    this.portal = portal;
    this.provider = portal.provider();
    this.admin = portal.admin();
  }

  private static Person person(String subject, String name, String... groups) {
    return new Person(subject, name, List.of(groups), List.of("pwd"));
  }

  @BeforeEach
  void viewersMayLook() throws Exception {
    give("{'claim':'viewers','role':6,'group':1,'access':'VIEW'}");
    provider.is(VERONICA);
  }

  private void give(String grant) throws Exception {
    var added = admin.post(GRANTS, grant);
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    given.add(JsonPath.from(added.body()).getInt("id"));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    for (int id : given) {
      assertThat(delete(GRANTS + "/" + id).statusCode()).isEqualTo(204);
    }
    given.clear();
    delete("accounts/veronica");
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return admin.send("DELETE", path, null);
  }

  private HttpResponse<String> put(String path, String json) throws Exception {
    String version = admin.get(path).headers().firstValue("ETag").orElseThrow();
    return admin.send("PUT", path, json, "If-Match", version);
  }

  /** Whether a role demands a second factor. */
  private void demand(int role, boolean whether) throws Exception {
    var is = JsonPath.from(admin.get("roles/" + role).body());
    var changed =
        put(
            "roles/" + role,
            "{'name':'%s','secondFactor':%s,'permissions':['%s']}"
                .formatted(
                    is.getString("name"),
                    whether,
                    String.join("','", is.<String>getList("permissions"))));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
  }

  private String unused(String name) {
    return name + "-" + ++accounts;
  }

  /** Goes out and comes back; what the portal says to that. */
  private HttpResponse<String> goAndComeBack(Browser browser, String begin) throws Exception {
    return browser.get(back(browser, begin));
  }

  /** Where the provider sends the browser back to. */
  private String back(Browser browser, String begin) throws Exception {
    var out = browser.get(begin);
    assertThat(out.statusCode()).as(out.body()).isEqualTo(302);
    return location(new Browser(provider.issuer()).get(location(out)));
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private Browser browser() {
    return new Browser(portal.uri());
  }

  private void leadsTo(HttpResponse<String> answer, String page) {
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(portal.uri().resolve(location(answer))).isEqualTo(portal.uri().resolve(page));
  }

  private void refused(HttpResponse<String> answer, String why, String words) throws Exception {
    leadsTo(answer, "/login.xhtml?provider=" + why);
    assertThat(browser().get(location(answer)).body()).contains(words);
  }

  @Test
  void goesOutWithNothingThatIsSecretAndComesInWithItsClaims() throws Exception {
    var browser = browser();
    assertThat(browser.get("/login.xhtml?to=%2Fmeters%2Flist.xhtml").body())
        .contains("/oidc/begin?to=%2Fmeters%2Flist.xhtml", "Sign in with Town hall");
    var before = browser.cookie("meterledger");
    var out = browser.get("/oidc/begin?to=%2Fmeters%2Flist.xhtml");
    assertThat(location(out))
        .startsWith(provider.issuer() + "/authorize?")
        .contains("code_challenge_method=S256", "scope=openid+profile+email")
        .doesNotContain("secret", "verifier");

    leadsTo(goAndComeBack(browser, "/oidc/begin?to=%2Fmeters%2Flist.xhtml"), "/meters/list.xhtml");
    assertThat(browser.cookie("meterledger")).as("another session id").isNotEqualTo(before);
    assertThat(browser.get("/meters/list.xhtml").body()).contains("veronica");
    var account = admin.get("accounts/veronica");
    assertThat(JsonPath.from(account.body()).getString("identity")).isEqualTo("MANAGED");
    assertThat(JsonPath.from(account.body()).getString("grants[0].access")).isEqualTo("VIEW");
    assertThat(browser.get("/users.xhtml").statusCode()).isEqualTo(403);
    assertThat(admin.get("audit?action=SIGN_IN&by=veronica").body()).contains("/realm");
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSES, REFUSED",
    "OTHER_STATE, LATE",
    "OTHER_ISSUER_IN_ANSWER, INVALID",
    "OTHER_ISSUER, INVALID",
    "OTHER_AUDIENCE, INVALID",
    "OTHER_NONCE, INVALID",
    "EXPIRED, INVALID",
    "OTHER_KEY, INVALID",
    "UNSIGNED, INVALID",
    "SIGNED_BY_SECRET, INVALID",
    "NO_SUBJECT, INVALID",
    "NO_ID_TOKEN, INVALID",
    "GARBAGE, INVALID",
    "HANGS_UP, UNREACHABLE"
  })
  void whatProvesNothingGetsNobodyIn(Trick trick, String why) throws Exception {
    provider.plays(trick);
    var browser = browser();
    leadsTo(goAndComeBack(browser, "/oidc/begin"), "/login.xhtml?provider=" + why);
    assertThat(browser.get("/index.xhtml").statusCode()).isEqualTo(302);
    assertThat(admin.get("accounts/veronica").statusCode()).isEqualTo(404);
  }

  @Test
  void anAnswerIsGoodOnceAndInItsBrowserOnly() throws Exception {
    var browser = browser();
    String back = back(browser, "/oidc/begin");
    refused(browser().get(back), "LATE", "began in another browser");
    leadsTo(browser.get(back), "/");
    leadsTo(browser.get(back), "/login.xhtml?provider=LATE");
  }

  @Test
  void twoTabsComeBackInAnyOrder() throws Exception {
    var browser = browser();
    String first = back(browser, "/oidc/begin?to=%2Fgroups.xhtml");
    String second = back(browser, "/oidc/begin?to=%2Flocations.xhtml");
    leadsTo(browser.get(first), "/groups.xhtml");
    leadsTo(browser.get(second), "/locations.xhtml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/", "//evil.example", "/\\evil.example"})
  void leadsNobodyElsewhere(String to) throws Exception {
    String begin = "/oidc/begin?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
    leadsTo(goAndComeBack(browser(), begin), "/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/oidc/callback",
        "/oidc/callback?code=x&state=y",
        "/oidc/callback?state=",
        "/oidc/callback?%00=%ff&state=%25",
      })
  void nonsenseIsAnsweredLikeAnOldAnswer(String path) throws Exception {
    var answer = browser().get(path);
    assertThat(answer.statusCode()).isIn(302, 400);
    assertThat(answer.body()).doesNotContain("Exception");
  }

  @Test
  void anotherSiteSignsNobodyIn() throws Exception {
    leadsTo(
        browser().get("/oidc/begin?to=%2Fgroups.xhtml", "Sec-Fetch-Site", "cross-site"),
        "/login.xhtml?to=%2Fgroups.xhtml");
  }

  @Test
  void pagesOfTheWayAreNothingElse() throws Exception {
    assertThat(browser().get("/oidc/other").statusCode()).isEqualTo(404);
    assertThat(browser().get("/login.xhtml?provider=%3Cscript%3E").body())
        .doesNotContain("<script>", "&lt;script");
  }

  @Test
  void whoHasNoClaimThatGivesSomethingIsToldSo() throws Exception {
    provider.is(person("g-1", "gustav", "golf"));
    refused(goAndComeBack(browser(), "/oidc/begin"), "NO_ROLE", "gives you nothing to do here");
    assertThat(admin.get("accounts/gustav").statusCode()).isEqualTo(404);
  }

  @Test
  void nobodyGetsAnAccountByItsName() throws Exception {
    provider.is(person("a-1", "anna", "viewers"));
    refused(goAndComeBack(browser(), "/oidc/begin"), "NAME_TAKEN", "is here already");
  }

  @Test
  void claimsMayBeToldBesidesTheTokenButOfNobodyElse() throws Exception {
    provider.keepsTokensSmall();
    provider.plays(Trick.TELLS_OF_SOMEBODY_ELSE);
    leadsTo(goAndComeBack(browser(), "/oidc/begin"), "/login.xhtml?provider=INVALID");
    provider.is(VERONICA);
    provider.keepsTokensSmall();
    leadsTo(goAndComeBack(browser(), "/oidc/begin"), "/");
  }

  @Test
  void aClaimThatIsGoneClosesEverySession() throws Exception {
    var browser = browser();
    goAndComeBack(browser, "/oidc/begin");
    assertThat(browser.get("/index.xhtml").statusCode()).isEqualTo(200);
    provider.is(person("v-1", "veronica", "golf"));
    refused(goAndComeBack(browser(), "/oidc/begin"), "NO_ROLE", "gives you nothing");
    assertThat(browser.get("/index.xhtml").statusCode()).isEqualTo(302);
  }

  @Test
  void grantsOfClaimsAreLeftToTheClaims() throws Exception {
    goAndComeBack(browser(), "/oidc/begin");
    var change =
        put(
            "accounts/veronica",
            "{'grants':[{'role':1,'group':1,'access':'CONFIGURE'}],'enabled':true}");
    assertThat(change.statusCode()).as(change.body()).isEqualTo(400);
    assertThat(change.body()).contains("come from the identity provider");

    assertThat(delete("accounts/veronica/identity").statusCode()).isEqualTo(204);
    assertProblem(delete("accounts/veronica/identity"), 404);
    refused(goAndComeBack(browser(), "/oidc/begin"), "NAME_TAKEN", "is here already");
  }

  @Test
  void aSecondFactorThereIsOneHere() throws Exception {
    // a role that nobody else of the portal is signed in with: its holders' sessions end
    give("{'claim':'analysts','role':5,'group':1,'access':'VIEW'}");
    provider.is(person("v-1", "veronica", "analysts"));
    demand(5, true);
    try {
      leadsTo(goAndComeBack(browser(), "/oidc/begin"), "/second-factor.xhtml");
      provider.is(new Person("v-1", "veronica", List.of("analysts"), List.of("pwd", "mfa")));
      var browser = browser();
      leadsTo(goAndComeBack(browser, "/oidc/begin"), "/");
      assertThat(browser.get("/index.xhtml").statusCode()).isEqualTo(200);
    } finally {
      demand(5, false);
    }
  }

  @Test
  void anOwnerLinksAnAccountByItsPassword() throws Exception {
    String name = unused("linda");
    admin.post("accounts", Portal.account(name));
    provider.is(person("l-1", "somebody.else", "golf"));
    var browser = portal.signedIn(name);

    leadsTo(browser.get("/oidc/begin?link=true"), "/account.xhtml");
    assertThat(
            browser
                .press("/account.xhtml", "link", Map.of("currentPassword", "not the password"))
                .body())
        .contains("The present password is not right");
    leadsTo(browser.get("/oidc/begin?link=true"), "/account.xhtml");

    leadsTo(
        browser.press("/account.xhtml", "link", Map.of("currentPassword", SECRET)),
        "/account.xhtml#identity");
    leadsTo(goAndComeBack(browser, "/oidc/begin?link=true"), "/account.xhtml?identity=linked");
    assertThat(browser.get("/account.xhtml?identity=linked").body())
        .contains("you can also come in by the identity provider");
    leadsTo(browser.get("/oidc/begin?link=true"), "/account.xhtml");

    var other = browser();
    leadsTo(goAndComeBack(other, "/oidc/begin"), "/");
    assertThat(other.get("/account.xhtml").body()).contains(name);

    leadsTo(
        other.press("/account.xhtml", "unlink", Map.of("currentPassword", SECRET)),
        "/account.xhtml");
    refused(goAndComeBack(browser(), "/oidc/begin"), "NO_ROLE", "gives you nothing");
  }

  @Test
  void aForeignAnswerLinksNothing() throws Exception {
    String name = unused("linus");
    admin.post("accounts", Portal.account(name));
    var browser = portal.signedIn(name);
    browser.press("/account.xhtml", "link", Map.of("currentPassword", SECRET));
    String back = back(browser, "/oidc/begin?link=true");
    // meanwhile somebody else signs in at the same browser
    browser.signIn("vera", SECRET);
    leadsTo(browser.get(back), "/account.xhtml?identity=LATE");
    assertThat(JsonPath.from(admin.get("accounts/vera").body()).getString("identity"))
        .isEqualTo("NONE");
  }

  @Test
  void thePageGivesAndTakes() throws Exception {
    var anna = portal.signedIn("anna");
    String page = anna.get("/identity-provider.xhtml").body();
    assertThat(page)
        .contains("Town hall", provider.issuer().toString(), "/oidc/callback", "viewers")
        .doesNotContain(SmallIdentityProvider.SECRET);
    leadsTo(
        anna.press(
            "/identity-provider.xhtml",
            "add",
            Map.of("claim", "auditors", "role", "7", "grantGroup", "1", "access", "VIEW")),
        "/identity-provider.xhtml");
    var all = JsonPath.from(admin.get(GRANTS).body());
    assertThat(all.getList("claim")).contains("auditors", "viewers");
    given.add(all.getInt("find { it.claim == 'auditors' }.id"));
    assertProblem(admin.post(GRANTS, "{'claim':'','role':6,'group':1,'access':'VIEW'}"), 400);
    assertProblem(admin.post(GRANTS, "{'claim':'x','role':6,'group':99999,'access':'VIEW'}"), 400);
    assertProblem(delete(GRANTS + "/999999"), 404);
  }
}
