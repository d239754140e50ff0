package org.meterledger.web.security;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.Inet6Address;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/**
 * How many requests a minute one caller may make of this node. A limit is far above what people and
 * sensible programs need: it keeps one caller that runs wild from taking the node from all others.
 */
@ApplicationScoped
public class RateLimits {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Who is forgotten for the sake of others begins anew. */
  private static final int MOST_CALLERS = 20_000;

  private final HttpSettings settings;
  private final TimeMeter time;
  private final Recent<Bucket> buckets = new Recent<>(MOST_CALLERS);

  /** For the client proxy only. */
  protected RateLimits() {
    this(null, null);
  }

  @Inject
  RateLimits(Clock clock) {
    this(clock, HttpSettings.of(System.getenv()));
  }

  RateLimits(Clock clock, HttpSettings settings) {
    this.settings = settings;
    this.time = clock == null ? null : new ClockTime(clock);
  }

  private record ClockTime(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return Duration.ofMillis(clock.millis()).toNanos();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }

  /**
   * One more request from an address.
   *
   * @return seconds until the next is answered; 0 when this one is
   */
  long fromAddress(String address) {
    return take(network(address), settings.addressRate());
  }

  /**
   * One more request of an account.
   *
   * @param tokenId of the API token that came, null for none; each has a limit of its own
   * @return seconds until the next is answered; 0 when this one is
   */
  long ofAccount(int accountId, Integer tokenId) {
    return take(
        tokenId == null ? "account " + accountId : "token " + tokenId, settings.accountRate());
  }

  private long take(String caller, int rate) {
    var probe = buckets.get(caller, () -> bucket(rate)).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? 0
        : Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999).toSeconds();
  }

  private Bucket bucket(int rate) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(rate).refillGreedy(rate, MINUTE))
        .withCustomTimePrecision(time)
        .build();
  }

  /** Who has one IPv6 address has 2^64 of them: the network counts. */
  private static String network(String address) {
    return WebServer.address(address) instanceof Inet6Address v6
        ? HexFormat.of().formatHex(v6.getAddress(), 0, 8)
        : String.valueOf(address);
  }
}
