package org.meterledger.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

  private static final class Hand extends Clock {
    private Instant now = Instant.parse("2026-11-21T08:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final Hand clock = new Hand();
  private final RateLimits limits =
      new RateLimits(
          clock,
          HttpSettings.of(
              Map.of("METERLEDGER_RATE_ACCOUNT", "60", "METERLEDGER_RATE_ADDRESS", "120")));

  private void use(int times, String address) {
    for (int i = 0; i < times; i++) {
      assertThat(limits.fromAddress(address)).as(address).isZero();
    }
  }

  @Test
  void whoAsksTooOftenWaitsUntilThereIsRoom() {
    use(120, "10.0.0.7");
    assertThat(limits.fromAddress("10.0.0.7")).isEqualTo(1);
    use(1, "10.0.0.8");

    clock.now = clock.now.plus(Duration.ofSeconds(1));
    use(2, "10.0.0.7");
    assertThat(limits.fromAddress("10.0.0.7")).isEqualTo(1);
  }

  @Test
  void allAddressesOfOneNetworkAreOneCaller() {
    use(120, "2001:db8:1:2::1");
    assertThat(limits.fromAddress("2001:db8:1:2:ffff::9")).isPositive();
    use(1, "2001:db8:1:3::1");
  }

  @Test
  void aTokenDoesNotHoldUpItsAccount() {
    for (int i = 0; i < 60; i++) {
      assertThat(limits.ofAccount(7, 1)).isZero();
    }
    assertThat(limits.ofAccount(7, 1)).isPositive();
    assertThat(limits.ofAccount(7, 2)).isZero();
    assertThat(limits.ofAccount(7, null)).isZero();
  }

  @Test
  void noMoreAreRememberedThanWasSaid() {
    var recent = new Recent<String>(2);
    recent.get("a", () -> "1");
    recent.get("b", () -> "1");
    recent.get("a", () -> "2");
    recent.get("c", () -> "1");

    assertThat(recent.get("a", () -> "3")).isEqualTo("1");
    assertThat(recent.get("b", () -> "3")).as("was used longest ago").isEqualTo("3");
  }
}
