package org.meterledger.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationTest {

  @Test
  void takesOverASaneName() {
    assertThat(Correlation.choose("billing-run_7.a")).isEqualTo("billing-run_7.a");
    assertThat(Correlation.choose("x".repeat(64))).hasSize(64).doesNotContain("-");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "a b", "a\nERROR all is lost", "${jndi:ldap://x}", "ü"})
  void makesANewNameForOthers(String given) {
    assertThat(Correlation.choose(given)).isNotEqualTo(given).hasSize(36);
  }

  @Test
  void makesANewNameForALongOne() {
    assertThat(Correlation.choose("x".repeat(65))).hasSize(36);
  }
}
