package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.Fault;

class NextDueTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:07:00Z");

  private static DueMeter.DueTask quarterHourly(int failures) {
    return new DueMeter.DueTask(TaskKind.LOAD_PROFILE, Duration.ofMinutes(15), failures);
  }

  @Test
  void metersAreAskedSpreadOverTheFirstMinutesAfterThePeriodsEnd() {
    var seconds =
        IntStream.range(1, 10_000)
            .mapToObj(id -> NextDue.at(id, quarterHourly(0), null, NOW))
            .mapToLong(
                at -> Duration.between(Instant.parse("2026-11-21T12:15:00Z"), at).toSeconds())
            .toArray();
    assertThat(LongStream.of(seconds)).allMatch(s -> s >= 5 && s < 305);
    assertThat(IntStream.range(5, 305).allMatch(s -> count(seconds, s) > 10)).isTrue();
  }

  private static long count(long[] seconds, int second) {
    return LongStream.of(seconds).filter(s -> s == second).count();
  }

  @ParameterizedTest
  @CsvSource({"0, 30, 45", "1, 60, 90", "2, 120, 180"})
  void aFaultThatARetryCanCureIsRetriedLaterAndLater(int failures, int least, int most) {
    var fault = new Fault(Fault.Kind.TIMEOUT, "");
    var wait = Duration.between(NOW, NextDue.at(7, quarterHourly(failures), fault, NOW));
    assertThat(wait.toSeconds()).isBetween((long) least, (long) most);
  }

  @Test
  void aRetryNeverComesAfterTheRegularTime() {
    var fault = new Fault(Fault.Kind.TIMEOUT, "");
    assertThat(NextDue.at(7, quarterHourly(60), fault, NOW))
        .isEqualTo(NextDue.at(7, quarterHourly(0), null, NOW));
  }

  @Test
  void aFaultThatNoRetryCuresWaitsForTheRegularTime() {
    var fault = new Fault(Fault.Kind.ACCESS_DENIED, "");
    assertThat(NextDue.at(7, quarterHourly(0), fault, NOW))
        .isEqualTo(NextDue.at(7, quarterHourly(0), null, NOW));
  }

  @Test
  void theNextTimeIsAlwaysAhead() {
    var late = Instant.parse("2026-11-21T12:14:59Z");
    assertThat(IntStream.range(1, 1000))
        .allMatch(id -> NextDue.at(id, quarterHourly(0), null, late).isAfter(late));
  }
}
