package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.Fault;

/**
 * Every fault of the wire, each on a meter of its own so that all wait at the same time: while it
 * lasts nothing wrong is archived, and after it the archive holds what the meter recorded.
 */
class ReadingFaultsTest {

  private static final Instant START = Instant.parse("2026-10-20T00:00:00Z");

  /** Faults that spoil one row of an answer; that row never comes, the others do. */
  private static final Set<Fault> ROW_FAULTS =
      EnumSet.of(Fault.FUTURE_ROW, Fault.SHORT_ROW, Fault.OUT_OF_RANGE_ROW);

  private static final Map<Fault, String> EXPECTED = new EnumMap<>(Fault.class);

  static {
    EXPECTED.put(Fault.NO_ANSWER, "FAILED TIMEOUT");
    EXPECTED.put(Fault.CONNECTION_RESET, "FAILED PROTOCOL");
    EXPECTED.put(Fault.BODY_CUT, "PARTIAL PROTOCOL");
    EXPECTED.put(Fault.BODY_CUT_UNANNOUNCED, "PARTIAL PROTOCOL");
    EXPECTED.put(Fault.BODY_CUT_BEFORE_LAST_DIGIT, "PARTIAL PROTOCOL");
    EXPECTED.put(Fault.GARBAGE, "FAILED PROTOCOL");
    EXPECTED.put(Fault.HTTP_500, "FAILED PROTOCOL");
    EXPECTED.put(Fault.SLOW_DRIP, "FAILED TIMEOUT");
    EXPECTED.put(Fault.REDIRECT, "FAILED INVALID_DATA");
    EXPECTED.put(Fault.HTML_PAGE, "FAILED INVALID_DATA");
  }

  private static ReadingFixture reading;
  private static final Map<Fault, List<String>> DURING = new EnumMap<>(Fault.class);
  private static final Map<Fault, List<String>> TRUTH_DURING = new EnumMap<>(Fault.class);

  @BeforeAll
  static void readThroughEveryFault() throws InterruptedException {
    var meters = new ArrayList<EmuMeter.Settings>();
    for (var fault : Fault.values()) {
      meters.add(
          EmuMeter.Settings.builder("2236" + (1000 + fault.ordinal()), START)
              .latency(Duration.ZERO)
              .build());
    }
    reading = new ReadingFixture(START.plus(Duration.ofDays(2)), meters);
    reading.readDue();

    for (var fault : Fault.values()) {
      reading.meter(fault.ordinal()).inject(fault, Integer.MAX_VALUE, "/data/");
    }
    reading.readAfter(Duration.ofHours(6));
    for (var fault : Fault.values()) {
      DURING.put(fault, reading.archived(fault.ordinal()));
      TRUTH_DURING.put(fault, reading.truth(fault.ordinal()));
      reading.meter(fault.ordinal()).clearFaults();
    }
    reading.readAfter(Duration.ofHours(1));
  }

  @AfterAll
  static void close() {
    reading.close();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void nothingButWhatTheMeterRecordedIsArchivedDuringTheFault(Fault fault) {
    assertThat(TRUTH_DURING.get(fault)).containsAll(DURING.get(fault));
    assertThat(DURING.get(fault)).hasSizeGreaterThanOrEqualTo(192).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void afterTheFaultTheArchiveHoldsEachIntervalOnce(Fault fault) {
    var truth = reading.truth(fault.ordinal());
    var archived = reading.archived(fault.ordinal());
    if (ROW_FAULTS.contains(fault)) {
      assertThat(truth).containsAll(archived);
      assertThat(archived).hasSize(truth.size() - refused(fault)).doesNotHaveDuplicates();
    } else {
      assertThat(archived).isEqualTo(truth);
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void theAttemptTellsWhatHappened(Fault fault) {
    var attempts = reading.attempts(fault.ordinal());
    assertThat(attempts.get(0)).isEqualTo("COMPLETE");
    assertThat(attempts.get(1)).isEqualTo(EXPECTED.getOrDefault(fault, "COMPLETE"));
    assertThat(attempts.get(attempts.size() - 1)).isEqualTo("COMPLETE");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"FUTURE_ROW", "SHORT_ROW", "OUT_OF_RANGE_ROW"})
  void aSpoiledRowIsRefusedKeptAsReceivedAndReported(Fault fault) {
    assertThat(refused(fault)).isPositive();
    assertThat(reading.findings(fault.ordinal())).contains(6);
  }

  @Test
  void neverMoreThanOneSessionPerMeter() {
    for (var fault : Fault.values()) {
      assertThat(reading.meter(fault.ordinal()).maxConcurrentRequests()).isLessThanOrEqualTo(2);
    }
  }

  private static int refused(Fault fault) {
    return reading
        .database
        .first(
            "select count(*) from refused_row where meter_id = ? and raw <> ''",
            row -> row.getInt(1),
            reading.meterId(fault.ordinal()))
        .orElseThrow();
  }
}
