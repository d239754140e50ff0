package org.meterledger.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.access.TestAccess;
import org.meterledger.audit.TestAudit;
import org.meterledger.driver.GatewayUsers.Level;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;
import org.meterledger.simulators.g13.Fault;

/** Accounts and permitted meters of a simulated gateway, managed from the portal. */
@Timeout(120)
class GatewayAccountsTest {

  private final GatewayFixture fixture = new GatewayFixture();
  private final int id = fixture.gateway.id();
  private final GatewayAccounts accounts =
      new GatewayAccounts(
          fixture.networks,
          fixture.conversations,
          null,
          null,
          TestAccess.everything(fixture.database),
          TestAudit.of(fixture.database, fixture.time));
  private final GatewayRegistration registration =
      new GatewayRegistration(
          fixture.networks,
          fixture.conversations,
          null,
          null,
          null,
          null,
          null,
          TestAccess.everything(fixture.database),
          TestAudit.of(fixture.database, fixture.time));

  @AfterEach
  void stop() {
    fixture.close();
  }

  private GatewayAccounts.GatewayAccount account(String name) {
    return accounts.list(id).stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static String refusal(Runnable work) {
    var refused = catchThrowableOfType(InvalidInput.class, work::run);
    return refused.field() + " " + refused.rule();
  }

  private List<String> trail(String action, String column) {
    return fixture.database.query(
        "select coalesce(%s::text, '') from audit_entry where action = ? and subject like ?"
            .formatted(column),
        row -> row.getString(1),
        action,
        fixture.gateway.name() + "%");
  }

  @Test
  void anAccountIsAddedBoundAndRemovedAndTheTrailHasNoSecret() {
    accounts.add(id, "bea7", "geheim77");
    assertThat(account("bea7").portals()).isFalse();
    assertThat(account("bea7").meters()).hasSize(12).containsValue(Level.VIEW);
    assertThat(account("admin").portals()).isTrue();
    assertThat(account("admin").admin()).isEqualTo(Level.CONFIGURE);

    accounts.bind(id, "bea7", GatewayFixture.METER, Level.CONFIGURE);
    assertThat(account("bea7").meters()).containsEntry(GatewayFixture.METER, Level.CONFIGURE);
    accounts.bind(id, "bea7", GatewayFixture.METER, Level.NO_ACCESS);
    assertThat(account("bea7").meters()).containsEntry(GatewayFixture.METER, Level.NO_ACCESS);
    accounts.bind(id, "bea7", GatewayFixture.SERIAL, Level.CONFIGURE);
    assertThat(account("bea7").admin()).isEqualTo(Level.CONFIGURE);
    assertThat(trail("GATEWAY_USER_ACCESS", "before").get(1)).contains("CONFIGURE");

    accounts.changePassword(id, "bea7", "anders88");
    accounts.remove(id, "bea7");
    assertThat(account("bea7")).isNull();
    assertThat(trail("GATEWAY_USER_PASSWORD", "outcome")).containsExactly("DONE");
    assertThat(trail("GATEWAY_USER_REMOVE", "outcome")).containsExactly("DONE");
    assertThat(
            trail("GATEWAY_USER_ADD", "after").toString() + trail("GATEWAY_USER_PASSWORD", "after"))
        .doesNotContain("geheim77", "anders88");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bea", "bea_7", "bea 7", "", "bèa"})
  void aNameWithOtherThanSmallLettersAndDigitsIsRefusedBeforeAnythingIsSent(String name) {
    assertThat(refusal(() -> accounts.add(id, name, "geheim77"))).isEqualTo("name pattern");
    assertThat(fixture.simulated().traffic().requests()).isZero();
  }

  @Test
  void rulesOfPasswordsAndNames() {
    assertThat(refusal(() -> accounts.add(id, "bea", ""))).isEqualTo("password length");
    assertThat(refusal(() -> accounts.add(id, "bea", "x".repeat(65)))).isEqualTo("password length");
    accounts.add(id, "bea", "x".repeat(64));
    assertThat(refusal(() -> accounts.add(id, "bea", "other"))).isEqualTo("name unique");
    assertThat(refusal(() -> accounts.bind(id, "bea", "ABB_NONE", Level.VIEW)))
        .isEqualTo("serialNumber unknown");
    assertThatExceptionOfType(NotThere.class).isThrownBy(() -> accounts.remove(id, "eve"));
  }

  @Test
  void thePortalDoesNotLockItselfOut() {
    assertThat(refusal(() -> accounts.remove(id, "admin"))).isEqualTo("name own");
    assertThat(refusal(() -> accounts.changePassword(id, "admin", "geheim77")))
        .isEqualTo("name own");
    assertThat(refusal(() -> accounts.bind(id, "admin", GatewayFixture.SERIAL, Level.NO_ACCESS)))
        .isEqualTo("name own");
    assertThat(account("admin").admin()).isEqualTo(Level.CONFIGURE);
  }

  @Test
  void whatTheGatewayDoesNotDoIsInTheTrailAsFailed() {
    fixture.simulated().inject(Fault.ERROR_UNDER_200, 1, "/users/admin");
    assertThatExceptionOfType(GatewayRefused.class).isThrownBy(() -> accounts.list(id));
    accounts.add(id, "bea", "geheim77");
    fixture.simulated().inject(Fault.PARTIAL_UPDATE, 9, "/users/bea");
    assertThatExceptionOfType(GatewayRefused.class).isThrownBy(() -> accounts.remove(id, "bea"));
    assertThat(trail("GATEWAY_USER_REMOVE", "outcome")).containsExactly("FAILED");
  }

  @Test
  void twentyFiveWirelessMetersArePermittedAndNotOneMore() {
    assertThat(registration.permitted(id)).isEmpty();
    var most = IntStream.range(0, 25).mapToObj("ABBW%013d"::formatted).toList();
    registration.permit(id, most.subList(0, 24));
    assertThat(registration.permit(id, most)).hasSize(25);
    assertThat(refusal(() -> registration.permit(id, List.of("ABBW26"))))
        .isEqualTo("serialNumbers most");
    assertThat(registration.forbid(id, List.of(most.get(0), "ABB_NONE"))).hasSize(24);
    assertThat(refusal(() -> registration.permit(id, List.of("no serial number!"))))
        .isEqualTo("serialNumbers rule");
    assertThat(registration.permitted(id)).hasSize(24);
    assertThat(trail("GATEWAY_PERMITTED", "outcome")).containsExactly("DONE", "DONE", "DONE");
    assertThat(trail("GATEWAY_PERMITTED", "before").get(2)).contains(most.get(0));
    assertThat(trail("GATEWAY_PERMITTED", "after").get(2)).doesNotContain(most.get(0));
  }

  @Test
  void grantsAreComparedByName() {
    var compared =
        GatewayGrant.compared(
            "ABB_1",
            Map.of(
                "anna",
                Level.CONFIGURE,
                "bea",
                Level.VIEW,
                "carl",
                Level.NO_ACCESS,
                "dora",
                Level.VIEW,
                "emil",
                Level.CONFIGURE),
            Map.of(
                "anna",
                Level.CONFIGURE,
                "dora",
                Level.CONFIGURE,
                "emil",
                Level.VIEW,
                "fritz",
                Level.VIEW));
    assertThat(compared)
        .extracting(each -> each.name() + " " + each.comparison())
        .containsExactly(
            "anna SAME", "bea ONLY_THERE", "dora MORE_HERE", "emil MORE_THERE", "fritz ONLY_HERE");
  }
}
