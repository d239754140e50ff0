package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.Portal.SECRET;
import static org.meterledger.system.Portal.account;
import static org.meterledger.system.Portal.assertProblem;
import static org.meterledger.system.Portal.assertRefused;

import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, by which way, and for how long. */
@ExtendWith(PortalExtension.class)
class SignInIT {

  private final Portal portal;
  private final ApiClient admin;
  private final ApiClient viewer;

  SignInIT(Portal portal) {
    this.portal = portal;
    this.admin = portal.admin();
    this.viewer = portal.viewer();
  }

  @Test
  void theCookieOfASessionOpensNothing() throws Exception {
    var browser = portal.signedIn("vera");

    assertThat(browser.get("/api.xhtml").statusCode()).isEqualTo(200);
    assertProblem(browser.get("/api/v1/account"), 401);
    assertThat(browser.get("/api/v1/account", "Authorization", "Bearer " + browser.token()).body())
        .contains("\"vera\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer x",
        "Bearer mla_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Bearer mls_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Basic YW5uYTphIGxvbmcgZW5vdWdoIHNlY3JldA=="
      })
  void aForeignTokenOpensNothing(String authorization) throws Exception {
    var answer = new ApiClient(portal.uri(), null).get("account", "Authorization", authorization);

    assertProblem(answer, 401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer error=\"invalid_token\"");
  }

  @Test
  void theTokenOfASessionDiesWithIt() throws Exception {
    var browser = portal.signedIn("vera");
    var ofSession = new ApiClient(portal.uri(), browser.token());
    assertThat(ofSession.get("account").statusCode()).isEqualTo(200);

    browser.signIn("vera", SECRET);

    assertProblem(ofSession.get("account"), 401);
    assertThat(new ApiClient(portal.uri(), browser.token()).get("account").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aDisabledAccountIsOutAtOnce() throws Exception {
    var created = admin.post("accounts", account("dora"));
    var browser = portal.signedIn("dora");
    var ofSession = new ApiClient(portal.uri(), browser.token());
    String etag = created.headers().firstValue("ETag").orElseThrow();

    var disabled =
        admin.send(
            "PUT",
            "accounts/dora",
            "{'grants':[{'role':6,'group':1,'access':'VIEW'}],'enabled':false}",
            "If-Match",
            etag);

    assertThat(disabled.statusCode()).isEqualTo(200);
    assertProblem(ofSession.get("account"), 401);
    assertThat(browser.get("/api.xhtml").statusCode()).isEqualTo(302);
    assertThat(browser.signIn("dora", SECRET).statusCode()).isEqualTo(200);
  }

  @Test
  void anIssuedTokenWorksUntilItIsRevoked() throws Exception {
    var issued = viewer.post("tokens", "{'label':'run','expiresAt':'2099-01-01T00:00:00Z'}");
    assertRefused(issued, "expiresAt", "expiry-out-of-range");

    String expiry = Instant.now().plusSeconds(3600).toString();
    issued = viewer.post("tokens", "{'label':'run','expiresAt':'" + expiry + "'}");
    assertThat(issued.statusCode()).isEqualTo(201);
    var program = new ApiClient(portal.uri(), JsonPath.from(issued.body()).getString("token"));
    assertThat(program.get("meters").statusCode()).isEqualTo(200);

    int id = JsonPath.from(issued.body()).getInt("id");
    assertThat(viewer.send("DELETE", "tokens/" + id, null).statusCode()).isEqualTo(204);
    assertProblem(program.get("meters"), 401);
  }

  @Test
  void signingOutEndsTheSessionAndItsToken() throws Exception {
    var browser = portal.signedIn("vera");
    var ofSession = new ApiClient(portal.uri(), browser.token());

    var out = browser.press("/api.xhtml", "sign-out");

    assertThat(out.statusCode()).isEqualTo(302);
    assertProblem(ofSession.get("account"), 401);
    assertThat(browser.get("/api.xhtml").statusCode()).isEqualTo(302);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/meters/edit.xhtml",
        "/meters/remove.xhtml?serial=API-1",
        "/meters//edit.xhtml",
        "/meters/./edit.xhtml",
        "/meters/%65dit.xhtml",
        "/meters/edit.xhtml;v=1"
      })
  void aViewerOpensNoPageThatChangesMeters(String path) throws Exception {
    var answer = portal.signedIn("vera").get(path);

    assertThat(answer.statusCode()).isIn(403, 404);
  }

  @Test
  void aPageLeadsToTheSignInAndBack() throws Exception {
    var browser = new Browser(portal.uri());

    var sent = browser.get("/api.xhtml?x=1");
    assertThat(sent.statusCode()).isEqualTo(302);
    assertThat(sent.headers().firstValue("Location"))
        .contains(portal.uri() + "login.xhtml?to=%2Fapi.xhtml%3Fx%3D1");
    var part = browser.get("/api.xhtml", "Faces-Request", "partial/ajax");
    assertThat(part.statusCode()).isEqualTo(200);
    assertThat(part.body()).contains("<redirect url=\"/login.xhtml?to=%2Fapi.xhtml\"/>");

    var back =
        browser.submit(
            "/login.xhtml?to=%2Fapi.xhtml%3Fx%3D1", Map.of("name", "vera", "password", SECRET));
    assertThat(back.headers().firstValue("Location")).get().asString().endsWith("/api.xhtml?x=1");
  }

  @Test
  void anUnknownNameIsToldLikeAWrongPassword() throws Exception {
    var wrong = new Browser(portal.uri()).signIn("vera", "not the right secret");
    var unknown = new Browser(portal.uri()).signIn("nobody", "not the right secret");

    assertThat(wrong.statusCode()).isEqualTo(200);
    assertThat(unknown.statusCode()).isEqualTo(200);
    assertThat(alert(unknown)).isNotEmpty().isEqualTo(alert(wrong));
  }

  private static String alert(HttpResponse<String> page) {
    var alert = Pattern.compile("role=\"alert\">([^<]*)<").matcher(page.body());
    return alert.find() ? alert.group(1) : "";
  }

  @Test
  void aSignedInSessionHasAnotherIdThanBefore() throws Exception {
    var browser = new Browser(portal.uri());
    String before = cookie(browser.get("/login.xhtml"));

    String after = cookie(browser.signIn("vera", SECRET));

    assertThat(before).contains("HttpOnly").contains("SameSite=Lax");
    assertThat(after).startsWith("meterledger=").isNotEqualTo(before);
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow();
  }

  @Test
  void pagesForbidWhatTheyDoNotNeed() throws Exception {
    var headers = portal.signedIn("vera").get("/api.xhtml").headers();

    assertThat(headers.allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
        .containsPattern("script-src 'self' 'nonce-[^']+';$");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("Cache-Control")).get().asString().contains("no-store");
    assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
  }
}
