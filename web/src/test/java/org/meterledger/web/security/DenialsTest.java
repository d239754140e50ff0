package org.meterledger.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenialsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  @Test
  void whatIsRefusedAgainWithinAMinuteIsOnlyCounted() {
    var counted = new Denials.Counted();
    assertThat(counted.count(NOW)).isZero();
    assertThat(counted.count(NOW.plusSeconds(1))).isNegative();
    assertThat(counted.count(NOW.plusSeconds(59))).isNegative();
    assertThat(counted.count(NOW.plusSeconds(60))).isEqualTo(2);
    assertThat(counted.count(NOW.plusSeconds(120))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "/users.xhtml, users.xhtml",
    "/meter/now.xhtml, meter",
    "/meter/any/other, meter",
    "/api/v1/meters, meters",
    "/api/v1/meters/7/logbook, meters",
    "/api/v1, v1",
    "/api, api",
    "/, ''"
  })
  void noIdMakesAnotherKind(String path, String kind) {
    assertThat(Denials.kind(path)).isEqualTo(kind);
  }
}
