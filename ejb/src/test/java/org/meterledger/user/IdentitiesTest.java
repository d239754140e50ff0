package org.meterledger.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.Grant;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;
import org.meterledger.user.AccountRefused.Rule;
import org.meterledger.user.IdentityOutcome.Refusal;

/** Who comes in by the identity provider, as whom and with what. */
class IdentitiesTest {

  private static final String ISSUER = "https://login.example";
  private static final Grant OPERATOR = new Grant(2, 1, AccessLevel.CONFIGURE);
  private static final Grant OPERATOR_WHO_LOOKS = new Grant(2, 1, AccessLevel.VIEW);

  private final UserFixture users = new UserFixture();

  private static ProvedIdentity identity(String subject, String name, String... claims) {
    return new ProvedIdentity(ISSUER, subject, List.of(name), Set.of(claims), false);
  }

  private static void refused(Rule rule, Runnable change) {
    assertThatExceptionOfType(AccountRefused.class)
        .isThrownBy(change::run)
        .extracting(AccountRefused::rule)
        .isEqualTo(rule);
  }

  @Test
  void whoComesFirstGetsAnAccountWithWhatTheClaimsGive() {
    users.claims.add("ops", OPERATOR);
    users.claims.add("lookers", Grant.VIEWER);

    var vera = users.identities.signIn(identity("1", "vera", "ops", "lookers", "golf")).account();

    assertThat(vera.name()).isEqualTo("vera");
    assertThat(vera.identity()).isEqualTo(Account.Identity.MANAGED);
    assertThat(vera.hasPassword()).isFalse();
    assertThat(users.grants.of(vera.id())).containsExactlyInAnyOrder(OPERATOR, Grant.VIEWER);
    assertThat(users.passwords.check("vera", "", UserFixture.ADDRESS))
        .isEqualTo(SignInOutcome.WRONG);
    assertThat(users.trail()).contains("ACCOUNT_ADD DONE vera", "IDENTITY_LINK DONE vera");
  }

  @Test
  void isKnownAgainByItsSubjectWhateverItIsCalled() {
    users.claims.add("ops", OPERATOR);
    var vera = users.identities.signIn(identity("1", "vera", "ops")).account();

    assertThat(users.identities.signIn(identity("1", "vera.newname", "ops")).account())
        .isEqualTo(vera);
    var other = users.identities.signIn(identity("2", "vera", "ops"));
    assertThat(other.refusal()).as("somebody else of the same name").isEqualTo(Refusal.NAME_TAKEN);
    var elsewhere = new ProvedIdentity("https://other", "1", List.of("v"), Set.of("ops"), false);
    assertThat(users.identities.signIn(elsewhere).account().id()).isNotEqualTo(vera.id());
  }

  @Test
  void neverGetsTheAccountOfSomebodyWhoseNameItBears() {
    var anna = users.administrator("anna");
    users.claims.add("ops", OPERATOR);

    assertThat(users.identities.signIn(identity("1", "ANNA", "ops")).refusal())
        .isEqualTo(Refusal.NAME_TAKEN);
    assertThat(users.now(anna)).isEqualTo(anna);
    assertThat(users.trail()).containsExactly("CLAIM_GRANT_ADD DONE ops", "SIGN_IN FAILED ANNA");
  }

  @Test
  void withoutAClaimThatGivesSomethingThereIsNoAccount() {
    assertThat(users.identities.signIn(identity("1", "vera", "golf")).refusal())
        .isEqualTo(Refusal.NO_ROLE);
    assertThat(users.accounts.byName("vera")).isEmpty();
  }

  @Test
  void takesTheFirstNameThatAnAccountCanHave() {
    users.claims.add("ops", OPERATOR);
    var odd = new ProvedIdentity(ISSUER, "1", List.of("A\\b c", "v@x.org"), Set.of("ops"), false);
    assertThat(users.identities.signIn(odd).account().name()).isEqualTo("v@x.org");
    var none = new ProvedIdentity(ISSUER, "2", List.of("<b>", ""), Set.of("ops"), false);
    assertThat(users.identities.signIn(none).refusal()).isEqualTo(Refusal.NAME_FORM);
  }

  @Test
  void losesWhatItsClaimsGiveNoMoreAndItsSessionsWithIt() {
    users.claims.add("ops", OPERATOR);
    users.claims.add("lookers", Grant.VIEWER);
    var vera = users.identities.signIn(identity("1", "vera", "ops")).account();
    var session = users.sessions.start(vera, null, false);

    users.identities.signIn(identity("1", "vera", "ops"));
    assertThat(users.sessions.resume(session)).as("nothing changed").isPresent();

    users.identities.signIn(identity("1", "vera", "lookers"));
    assertThat(users.grants.of(vera.id())).containsExactly(Grant.VIEWER);
    assertThat(users.sessions.resume(session)).isEmpty();

    assertThat(users.identities.signIn(identity("1", "vera")).refusal()).isEqualTo(Refusal.NO_ROLE);
    assertThat(users.grants.of(vera.id())).isEmpty();
  }

  @Test
  void aChangeOfWhatClaimsGiveEndsTheSessionsOfWhoHasThem() {
    int ops = users.claims.add("ops", OPERATOR).id();
    var vera = users.identities.signIn(identity("1", "vera", "ops")).account();
    var ben = users.account("ben");
    var session = users.sessions.start(vera, null, false);
    var local = users.sessions.start(ben, null, false);

    users.claims.remove(ops);

    assertThat(users.sessions.resume(session)).isEmpty();
    assertThat(users.sessions.resume(local)).isPresent();
    assertThatExceptionOfType(NotThere.class).isThrownBy(() -> users.claims.remove(ops));
  }

  @Test
  void ofTwoClaimsTheOneThatGivesMoreCounts() {
    users.claims.add("a", OPERATOR_WHO_LOOKS);
    users.claims.add("b", OPERATOR);
    users.claims.add("c", new Grant(null, 2, AccessLevel.NONE));
    var vera = users.identities.signIn(identity("1", "vera", "a", "b", "c")).account();
    assertThat(users.grants.of(vera.id()))
        .containsExactlyInAnyOrder(OPERATOR, new Grant(null, 2, AccessLevel.NONE));
  }

  @Test
  void aClosedAccountStaysClosed() {
    users.administrator("anna");
    users.claims.add("ops", OPERATOR);
    var vera = users.identities.signIn(identity("1", "vera", "ops")).account();
    users.accounts.change(vera.id(), vera.version(), Set.of(OPERATOR), false);
    assertThat(users.identities.signIn(identity("1", "vera", "ops")).refusal())
        .isEqualTo(Refusal.CLOSED);
  }

  @Test
  void grantsOfClaimsAreNotChangedByHand() {
    users.administrator("anna");
    users.claims.add("ops", OPERATOR);
    var vera = users.identities.signIn(identity("1", "vera", "ops")).account();
    refused(
        Rule.GRANTS_OF_PROVIDER,
        () -> users.accounts.change(vera.id(), vera.version(), Set.of(Grant.ADMINISTRATOR), true));
    assertThat(users.identities.unlink(vera)).isTrue();
    assertThat(users.identities.unlink(vera)).isFalse();
    var free = users.now(vera);
    assertThat(users.accounts.change(free.id(), free.version(), Set.of(Grant.VIEWER), true))
        .isPresent();
  }

  @Test
  void anAdministratorOfTheProviderIsNotTheLastOne() {
    users.claims.add("admins", Grant.ADMINISTRATOR);
    var anna = users.administrator("anna");
    var vera = users.identities.signIn(identity("1", "vera", "admins")).account();
    users.links.redeem(users.links.invite(vera).token(), UserFixture.PASSWORD);

    refused(Rule.LAST_ADMINISTRATOR, () -> users.accounts.remove(anna.id()));
  }

  @Test
  void anOwnerLinksAnAccountAndKeepsItsGrants() {
    var ben = users.account("ben");
    users.identities.mayLink(ben, UserFixture.PASSWORD, UserFixture.ADDRESS);
    users.identities.link(ben, identity("1", "benjamin", "ops"));

    var outcome = users.identities.signIn(identity("1", "benjamin", "ops"));
    assertThat(outcome.account().id()).isEqualTo(ben.id());
    assertThat(outcome.account().identity()).isEqualTo(Account.Identity.LINKED);
    assertThat(users.grants.of(ben.id())).containsExactly(Grant.VIEWER);

    var carl = users.account("carl");
    refused(Rule.IDENTITY_TAKEN, () -> users.identities.link(carl, identity("1", "c")));
    refused(Rule.IDENTITY_PRESENT, () -> users.identities.link(ben, identity("2", "c")));
    refused(
        Rule.IDENTITY_PRESENT,
        () -> users.identities.mayLink(users.now(ben), UserFixture.PASSWORD, UserFixture.ADDRESS));
  }

  @Test
  void linkingAndUnlinkingAskForThePassword() {
    var ben = users.account("ben");
    refused(
        Rule.PASSWORD_WRONG,
        () -> users.identities.mayLink(ben, "something else", UserFixture.ADDRESS));
    users.identities.link(ben, identity("1", "ben"));
    var linked = users.now(ben);
    refused(
        Rule.PASSWORD_WRONG,
        () -> users.identities.unlink(linked, "something else", UserFixture.ADDRESS));
    users.identities.unlink(linked, UserFixture.PASSWORD, UserFixture.ADDRESS);
    assertThat(users.identities.signIn(identity("1", "ben")).refusal()).isEqualTo(Refusal.NO_ROLE);
  }

  @Test
  void whoHasNoPasswordCannotCutItselfOff() {
    users.claims.add("ops", OPERATOR);
    var vera = users.identities.signIn(identity("1", "vera", "ops")).account();
    refused(Rule.IDENTITY_NEEDED, () -> users.identities.unlink(vera, null, UserFixture.ADDRESS));
  }

  @Test
  void aSecondFactorAtTheProviderIsOne() {
    users.database.update("update role set second_factor = true where id = 2");
    users.claims.add("ops", OPERATOR);
    var vera = users.identities.signIn(identity("1", "vera", "ops")).account();
    assertThat(vera.confined()).isTrue();

    var without = users.sessions.start(vera, null, false);
    var with = users.sessions.start(vera, null, true);
    assertThat(users.sessions.resume(without)).get().matches(Account::confined);
    assertThat(users.sessions.resume(with)).get().matches(account -> !account.confined());
    assertThat(users.factors.begin(vera).secret()).as("or one of the portal").isNotEmpty();
  }

  @Test
  void whoComesInTwoTabsAtOnceGetsOneAccount() throws Exception {
    users.claims.add("ops", OPERATOR);
    int tabs = 4;
    var together = new CyclicBarrier(tabs);
    Callable<IdentityOutcome> tab =
        () -> {
          together.await();
          return users.identities.signIn(identity("1", "vera", "ops"));
        };
    var threads = Executors.newFixedThreadPool(tabs);
    try {
      for (var each : threads.invokeAll(Collections.nCopies(tabs, tab))) {
        assertThat(each.get().refusal()).isNull();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(users.accounts.all()).hasSize(1);
  }

  @Test
  void refusesGrantsThatSayNothing() {
    assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> users.claims.add(" ", OPERATOR));
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> users.claims.add("a".repeat(201), OPERATOR));
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> users.claims.add("a", new Grant(2, 1, AccessLevel.NONE)));
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> users.claims.add("a", new Grant(99, 1, AccessLevel.VIEW)));
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> users.claims.add("a", new Grant(2, 999_999, AccessLevel.VIEW)));
    users.claims.add("a", OPERATOR);
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> users.claims.add(" a ", OPERATOR));
  }
}
