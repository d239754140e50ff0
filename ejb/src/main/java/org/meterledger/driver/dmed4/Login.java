package org.meterledger.driver.dmed4;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/**
 * Logs in where a meter asks for it. After three wrong passwords a meter locks everybody out for 15
 * minutes (manual p. 13), so a password that was refused is never sent again by itself, and after
 * two refusals no other one either until that time is over. Shared by all sessions of a node.
 */
final class Login {

  private static final int MOST_REFUSALS = 2;
  private static final Duration LOCK = Duration.ofMinutes(15);

  private final Clock clock;
  private final Map<String, List<Refusal>> refusals = new ConcurrentHashMap<>();

  /**
   * A password that was not taken.
   *
   * @param digest by which it is known again
   * @param sure whether the meter said so afterwards; else its answer was lost
   */
  private record Refusal(String digest, Instant at, boolean sure) {}

  Login(Clock clock) {
    this.clock = clock;
  }

  /**
   * Logs in if need be.
   *
   * @return empty when the meter says that somebody is logged in
   */
  Optional<Fault> ensure(RestConnection meter) {
    var unknown = logged(meter);
    if (unknown.isPresent() || meter.loggedIn()) {
      return unknown;
    }
    if (meter.password() == null) {
      return denied(meter.address() + " wants the advanced password for this");
    }
    var before = refusals.computeIfAbsent(meter.address(), key -> new ArrayList<>());
    synchronized (before) {
      return tried(meter, before);
    }
  }

  private Optional<Fault> tried(RestConnection meter, List<Refusal> before) {
    var address = meter.address();
    var digest = digest(meter.password());
    if (before.stream().anyMatch(each -> each.sure() && each.digest().equals(digest))) {
      return denied(
          address + " has refused this password before; it is not sent again until it is changed");
    }
    var now = clock.instant();
    if (before.stream().filter(each -> each.at().plus(LOCK).isAfter(now)).count()
        >= MOST_REFUSALS) {
      return denied(
          "%s has refused two passwords; a third one would lock it, so none is sent before %s"
              .formatted(address, before.get(before.size() - 1).at().plus(LOCK)));
    }
    meter.sendPassword();
    var unknown = logged(meter);
    if (meter.loggedIn()) {
      before.clear();
      return Optional.empty();
    }
    before.add(new Refusal(digest, now, unknown.isEmpty()));
    return unknown.isPresent() ? unknown : denied(address + " refuses the password");
  }

  /** Asks whether somebody is logged in; a fault where that was not told. */
  private static Optional<Fault> logged(RestConnection meter) {
    var logged =
        Results.then(
            meter.get("system_status"),
            told ->
                told.whole("logged")
                    .map(ReadResult::complete)
                    .orElseGet(
                        () ->
                            ReadResult.failed(
                                Kind.INVALID_DATA,
                                meter.address() + "/system_status tells no logged")));
    meter.setLoggedIn(Long.valueOf(1).equals(Results.value(logged)));
    return Optional.ofNullable(Results.fault(logged));
  }

  private static Optional<Fault> denied(String sentence) {
    return Optional.of(new Fault(Kind.ACCESS_DENIED, sentence));
  }

  private static String digest(String password) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(password.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
