package org.meterledger.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.meterledger.user.AccountRefused.Rule;

class ApiTokensTest {

  private final UserFixture users = new UserFixture();
  private final Account ben = users.account("ben");

  private ApiTokens.Issued issue(Account account) {
    return users.tokens.issue(account, "billing run", in(Duration.ofDays(30)), TokenScope.ALL);
  }

  private Instant in(Duration time) {
    return users.clock.instant().plus(time);
  }

  @Test
  void standsForItsAccountUntilItExpires() {
    var issued = issue(ben);

    assertThat(users.tokens.bearer(issued.token())).map(ApiTokens.Bearer::account).contains(ben);
    users.clock.advance(Duration.ofDays(30));
    assertThat(users.tokens.bearer(issued.token())).isEmpty();
  }

  @Test
  void isKeptAsHashOnly() {
    var issued = issue(ben);

    assertThat(users.database.query("select t::text from api_token t", row -> row.getString(1)))
        .singleElement()
        .asString()
        .doesNotContain(issued.token());
    assertThat(issued.toString()).doesNotContain(issued.token());
    assertThat(users.tokens.bearer(issued.token() + "A")).isEmpty();
  }

  @Test
  void remembersItsLastUse() {
    var issued = issue(ben);
    users.clock.advance(Duration.ofHours(1));
    var used = users.clock.instant();

    users.tokens.bearer(issued.token());

    assertThat(users.tokens.of(ben))
        .singleElement()
        .extracting(ApiToken::lastUsedAt)
        .isEqualTo(used);
  }

  @Test
  void onlyItsOwnerAndAdministratorsRevokeIt() {
    var carl = users.account("carl");
    var anna = users.administrator("anna");
    var first = issue(ben);
    var second = issue(ben);

    assertThat(users.tokens.revoke(first.description().id(), carl, false)).isFalse();
    assertThat(users.tokens.bearer(first.token())).isPresent();
    assertThat(users.tokens.revoke(first.description().id(), ben, false)).isTrue();
    assertThat(users.tokens.bearer(first.token())).isEmpty();
    assertThat(users.tokens.revoke(second.description().id(), anna, true)).isTrue();
    assertThat(users.tokens.bearer(second.token())).isEmpty();
    assertThat(users.tokens.all()).hasSize(2).allMatch(token -> token.revokedAt() != null);
  }

  @Test
  void issueAndRevocationAreInTheTrailWithoutTheToken() {
    var anna = users.account("anna");
    var issued =
        users.tokens.issue(anna, "reports", users.clock.instant().plusSeconds(60), TokenScope.ALL);
    users.tokens.revoke(issued.description().id(), anna, false);

    assertThat(users.trail()).containsExactly("TOKEN_ISSUE DONE anna", "TOKEN_REVOKE DONE anna");
    assertThat(users.everythingWritten()).contains("reports").doesNotContain(issued.token());
  }

  @Test
  void refusesAnExpiryThatIsPastOrNeverComes() {
    for (var expiry : new Instant[] {in(Duration.ZERO), in(Duration.ofDays(800))}) {
      assertThatExceptionOfType(AccountRefused.class)
          .isThrownBy(() -> users.tokens.issue(ben, "billing run", expiry, TokenScope.ALL))
          .extracting(AccountRefused::rule)
          .isEqualTo(Rule.EXPIRY_OUT_OF_RANGE);
    }
  }

  @Test
  void theTokenOfASessionDiesWithIt() {
    var session = users.sessions.start(ben, null, false);
    assertThat(users.tokens.bearer(session.token())).map(ApiTokens.Bearer::account).contains(ben);

    users.sessions.end(session);

    assertThat(users.tokens.bearer(session.token())).isEmpty();
  }

  @Test
  void aSessionEndsWhenNoPageIsAskedForAndAfterADay() {
    var idle = users.sessions.start(ben, null, false);
    users.clock.advance(Duration.ofMinutes(30));
    assertThat(users.sessions.resume(idle)).isEmpty();
    assertThat(users.tokens.bearer(idle.token())).isEmpty();

    var busy = users.sessions.start(ben, null, false);
    for (int i = 0; i < 35; i++) {
      users.clock.advance(Duration.ofMinutes(20));
      assertThat(users.sessions.resume(busy)).contains(ben);
    }
    users.clock.advance(Duration.ofMinutes(20));
    assertThat(users.sessions.resume(busy)).isEmpty();

    users.sessions.forget();
    assertThat(users.database.query("select id from web_session", row -> row.getLong(1))).isEmpty();
  }
}
