package org.meterledger.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterledger.access.Grant;
import org.meterledger.user.AccountRefused.Rule;

class FirstAccountTest {

  private final UserFixture users = new UserFixture();
  private final Logger log = Logger.getLogger(FirstAccount.class.getName());
  private final Listener listener = new Listener();

  private static final class Listener extends Handler {
    final List<Object> parameters = new ArrayList<>();

    @Override
    public void publish(LogRecord line) {
      parameters.addAll(List.of(line.getParameters()));
    }

    @Override
    public void flush() {
      // nothing is buffered
    }

    @Override
    public void close() {
      // nothing is open
    }

    String code() {
      return parameters.get(parameters.size() - 1).toString();
    }
  }

  @BeforeEach
  void listen() {
    log.addHandler(listener);
  }

  @AfterEach
  void stopListening() {
    log.removeHandler(listener);
  }

  @Test
  void comesFromTheEnvironment() {
    users.firstAccount.prepare(Map.of(FirstAccount.PASSWORD, UserFixture.PASSWORD));

    assertThat(users.firstAccount.missing()).isFalse();
    var admin = users.passwords.check("admin", UserFixture.PASSWORD, UserFixture.ADDRESS);
    assertThat(users.grants.of(admin.account().id())).containsOnly(Grant.ADMINISTRATOR);
    assertThat(listener.parameters).doesNotContain(UserFixture.PASSWORD);
  }

  @Test
  void theEnvironmentChangesNoAccountThatIsThere() {
    users.administrator("anna");

    users.firstAccount.prepare(Map.of(FirstAccount.PASSWORD, UserFixture.PASSWORD));

    assertThat(users.accounts.byName("admin")).isEmpty();
  }

  @Test
  void aWeakPasswordInTheEnvironmentGivesACodeInstead() {
    users.firstAccount.prepare(Map.of(FirstAccount.PASSWORD, "admin"));

    assertThat(users.firstAccount.missing()).isTrue();
    assertThat(listener.code()).matches("([0-9A-Z]{4}-){5}[0-9A-Z]{4}");
  }

  @Test
  void aCodeFromTheLogIsGoodOnce() {
    users.firstAccount.prepare(Map.of());
    String code = listener.code();

    refused("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA");
    var anna =
        users.firstAccount.redeem(
            ' ' + code.toLowerCase(java.util.Locale.ROOT), "anna", UserFixture.PASSWORD);

    assertThat(users.grants.of(anna.id())).containsOnly(Grant.ADMINISTRATOR);
    refused(code);
    assertThat(users.accounts.all()).containsExactly(anna);
  }

  @Test
  void theCodesOfTwoNodesMakeOneAccount() {
    users.firstAccount.prepare(Map.of());
    String first = listener.code();
    users.firstAccount.prepare(Map.of());
    String second = listener.code();

    users.firstAccount.redeem(first, "anna", UserFixture.PASSWORD);

    refused(second);
  }

  private void refused(String code) {
    assertThatExceptionOfType(AccountRefused.class)
        .isThrownBy(() -> users.firstAccount.redeem(code, "eve", UserFixture.PASSWORD))
        .extracting(AccountRefused::rule)
        .isEqualTo(Rule.SETUP_CODE_WRONG);
  }
}
