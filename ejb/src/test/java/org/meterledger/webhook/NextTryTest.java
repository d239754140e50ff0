package org.meterledger.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextTryTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0, 10",
    "0, 1, 12.5",
    "1, 0, 20",
    "4, 0.5, 180",
    "8, 0, 2560",
    "9, 0, 2880",
    "9, 1, 3600",
    "2000000000, 1, 3600"
  })
  void waitsFromTenSecondsToAnHour(int failures, double random, double seconds) {
    assertThat(Duration.between(NOW, NextTry.after(failures, random, NOW)))
        .isEqualTo(Duration.ofMillis((long) (seconds * 1000)));
  }
}
