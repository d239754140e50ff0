package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.meterledger.access.MeterScope;
import org.meterledger.meter.MeterFilter;
import org.meterledger.meter.MeterList;
import org.meterledger.meter.MeterOrder;
import org.meterledger.meter.MeterRow;
import org.meterledger.simulators.g13.Fault;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;
import org.meterledger.simulators.g13.MeterSettings;

/** A plan is for many meters; what one of them does not keep is not missing. */
class NotKeptTest {

  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final String BRONZE = "NOTKEPT1";
  private static final String PLATINUM = "NOTKEPT2";

  private static GatewayFixture there;
  private static ReadingFixture reading;

  @BeforeAll
  static void start() {
    reading = new ReadingFixture(START.plus(Duration.ofHours(3)), List.of());
    var settings =
        GatewaySettings.of(
            "ABBG13NOTKEPT",
            List.of(
                MeterSettings.of(BRONZE, "A44 212-100", START),
                MeterSettings.of(PLATINUM, "A44 512-100", START)));
    there = new GatewayFixture(reading, G13Simulator.start(List.of(settings), 0, reading.clock));
  }

  @AfterAll
  static void stop() {
    there.close();
  }

  @Test
  void whoKeepsNoLoadProfileIsNotOverdue() throws InterruptedException {
    reading.readAfter(Duration.ZERO);
    reading.readAfter(Duration.ofDays(5));

    assertThat(lastResult(BRONZE)).isEqualTo("NOT_KEPT");
    assertThat(row(BRONZE).lastReadingAt()).isNull();
    assertThat(row(BRONZE).condition()).isEqualTo(MeterRow.Condition.OK);
    assertThat(lastResult(PLATINUM)).isEqualTo("COMPLETE");
    assertThat(row(PLATINUM).condition()).isEqualTo(MeterRow.Condition.OK);
  }

  @Test
  void nonsenseDoesNotTellThatNothingIsKept() throws InterruptedException {
    reading.readAfter(Duration.ZERO);
    there.gateway().inject(Fault.GARBAGE, 1_000, "/meters/" + PLATINUM + "/loadprofiles/");
    reading.readAfter(Duration.ofDays(5));

    there.gateway().clearFaults();
    assertThat(lastResult(PLATINUM)).isEqualTo("FAILED");
    assertThat(keepsLoadProfile(PLATINUM)).isEqualTo("t");
    assertThat(row(PLATINUM).condition()).isEqualTo(MeterRow.Condition.FAULT);
    assertThat(keepsLoadProfile(BRONZE)).isEqualTo("f");
  }

  private String lastResult(String serial) {
    return new ReadingAttempts(reading.database, reading.clock)
        .of(there.meterId(serial), 0, 100).stream()
            .filter(each -> each.kind().equals("LOAD_PROFILE"))
            .findFirst()
            .orElseThrow()
            .result();
  }

  private String keepsLoadProfile(String serial) {
    return reading
        .database
        .first(
            "select keeps_load_profile from meter_contact where meter_id = ?",
            row -> row.getString(1),
            there.meterId(serial))
        .orElseThrow();
  }

  private MeterRow row(String serial) {
    return new MeterList(reading.database, reading.clock)
        .rows(
            MeterScope.EVERYTHING,
            MeterFilter.of(serial, null, null),
            MeterOrder.SERIAL_NUMBER,
            true,
            0,
            1)
        .get(0);
  }
}
