package org.meterledger.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meterledger.access.Privileges.Given;

/** What grants come to, without a database. */
class PrivilegesTest {

  private static final int BASEL = 7;
  private static final int HARBOUR = 8;
  private static final Set<Permission> OPERATOR =
      EnumSet.of(Permission.VIEW_METERS, Permission.OPERATE);

  private static Privileges of(Given... grants) {
    return new Privileges(List.of(grants));
  }

  private static Given operator(int group, AccessLevel access) {
    return new Given(OPERATOR, group, access);
  }

  @Test
  void nobodyMayNothing() {
    for (var permission : Permission.values()) {
      assertThat(Privileges.NONE.may(permission)).isFalse();
      assertThat(Privileges.NONE.scope(permission).nothing()).isTrue();
    }
    assertThat(Privileges.NONE.containerRoles()).containsExactly("SIGNED_IN");
  }

  @Test
  void whoOnlyViewsChangesNothing() {
    var privileges = of(operator(BASEL, AccessLevel.VIEW));

    assertThat(privileges.permissions()).containsExactly(Permission.VIEW_METERS);
    assertThat(privileges.scope(Permission.VIEW_METERS).within()).containsExactly(Set.of(BASEL));
  }

  @Test
  void grantsAddUp() {
    var privileges =
        of(operator(BASEL, AccessLevel.VIEW), operator(HARBOUR, AccessLevel.CONFIGURE));

    assertThat(privileges.scope(Permission.VIEW_METERS).within())
        .containsExactly(Set.of(BASEL, HARBOUR));
    assertThat(privileges.scope(Permission.OPERATE).within()).containsExactly(Set.of(HARBOUR));
  }

  @Test
  void allMetersNeedNoCondition() {
    var scope =
        of(operator(Privileges.ALL_METERS, AccessLevel.CONFIGURE)).scope(Permission.OPERATE);

    assertThat(scope.everything()).isTrue();
    assertThat(scope.and("m.id", new ArrayList<>())).isEmpty();
  }

  @Test
  void noneHidesFromEveryGrant() {
    var privileges =
        of(
            operator(Privileges.ALL_METERS, AccessLevel.CONFIGURE),
            new Given(Set.of(), HARBOUR, AccessLevel.NONE));

    var scope = privileges.scope(Permission.VIEW_METERS);
    assertThat(scope.everything()).isFalse();
    assertThat(scope.hidden()).containsExactly(HARBOUR);
    assertThat(
            of(
                    operator(BASEL, AccessLevel.CONFIGURE),
                    new Given(Set.of(), Privileges.ALL_METERS, AccessLevel.NONE))
                .permissions())
        .isEmpty();
  }

  @Test
  void whatConcernsThePortalTakesAGrantOverAllMeters() {
    var accounts = EnumSet.of(Permission.MANAGE_ACCOUNTS);

    assertThat(of(new Given(accounts, BASEL, AccessLevel.CONFIGURE)).permissions()).isEmpty();
    assertThat(of(new Given(accounts, Privileges.ALL_METERS, AccessLevel.VIEW)).permissions())
        .containsExactly(Permission.MANAGE_ACCOUNTS);
  }

  @Test
  void aTokenOpensNoMoreThanItsAccountMay() {
    var privileges = of(operator(BASEL, AccessLevel.CONFIGURE));

    var token =
        privileges.within(
            EnumSet.of(Permission.VIEW_METERS, Permission.MANAGE_ACCOUNTS), Set.of(HARBOUR));

    assertThat(token.permissions()).containsExactly(Permission.VIEW_METERS);
    assertThat(token.scope(Permission.VIEW_METERS).within())
        .containsExactly(Set.of(BASEL), Set.of(HARBOUR));
    assertThat(privileges.within(null, null).permissions()).isEqualTo(privileges.permissions());
  }

  @Test
  void aTokenForSomeGroupsDoesNotReachThePortal() {
    var privileges =
        of(
            new Given(
                EnumSet.allOf(Permission.class), Privileges.ALL_METERS, AccessLevel.CONFIGURE));

    assertThat(privileges.within(null, Set.of(BASEL)).permissions())
        .doesNotContain(Permission.MANAGE_ACCOUNTS, Permission.VIEW_AUDIT)
        .contains(Permission.OPERATE);
  }
}
