package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class BackOffTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static long seconds(Instant at) {
    return Duration.between(NOW, at).toSeconds();
  }

  @Test
  void eachFailureDoublesTheWait() {
    for (int i = 0; i < 100; i++) {
      assertThat(seconds(BackOff.reading(0, NOW))).isBetween(30L, 45L);
      assertThat(seconds(BackOff.reading(3, NOW))).isBetween(240L, 360L);
      assertThat(seconds(BackOff.operation(0, NOW))).isBetween(10L, 15L);
      assertThat(seconds(BackOff.operation(60, NOW))).isBetween(900L, 1_350L);
    }
  }

  @Test
  void metersThatFailTogetherAreNotAskedTogether() {
    var times = new HashSet<Instant>();
    for (int i = 0; i < 100; i++) {
      times.add(BackOff.reading(2, NOW));
    }
    assertThat(times.size()).isGreaterThan(90);
  }

  @Test
  void aMeterRestsOnlyAfterManyFailuresAndNeverForLong() {
    assertThat(BackOff.rest(BackOff.FAILURES_BEFORE_REST - 1, NOW)).isNull();
    assertThat(seconds(BackOff.rest(BackOff.FAILURES_BEFORE_REST, NOW))).isBetween(900L, 1_350L);
    assertThat(seconds(BackOff.rest(1_000, NOW))).isBetween(21_600L, 32_400L);
  }
}
