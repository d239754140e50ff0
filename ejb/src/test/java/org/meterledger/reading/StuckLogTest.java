package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.charging.ArchivedRecord;
import org.meterledger.charging.ChargingRecords;
import org.meterledger.driver.Fault;
import org.meterledger.simulators.emu.EmuMeter;

/** A record that does not come, session after session. */
@Timeout(240)
class StuckLogTest {

  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final AtomicInteger TEST = new AtomicInteger();

  private final String serial = "3318" + TEST.incrementAndGet();
  private final ReadingFixture reading =
      new ReadingFixture(
          NOW, List.of(EmuMeter.Settings.builder(serial, NOW.minusSeconds(60)).build()));
  private final ChargingDriver meter =
      new ChargingDriver(reading.drivers.remove(0), serial, reading.clock);
  private final ChargingRecords records = new ChargingRecords(reading.database);

  StuckLogTest() {
    reading.drivers.add(meter);
  }

  @AfterEach
  void stop() {
    reading.close();
  }

  private List<String> archived() {
    return records.made(reading.meterId(0), null, null).stream().map(ArchivedRecord::text).toList();
  }

  private String attempt() {
    return reading
        .database
        .first(
            """
            select concat_ws(' ', result, fault, received, refused) from reading_attempt
             where meter_id = ? and kind = 'CHARGING' order by started_at desc limit 1""",
            row -> row.getString(1),
            reading.meterId(0))
        .orElse("none");
  }

  private List<String> refused() {
    return reading.database.query(
        "select concat_ws(' ', sequence, reason, raw) from refused_row where meter_id = ?",
        row -> row.getString(1),
        reading.meterId(0));
  }

  @Test
  void recordThatNeverComesIsTriedAgainAndThenPassedOver() throws InterruptedException {
    meter.charge("1.50", "3.75");
    meter.charge("3.75", "9.00");
    meter.unreadable.put(
        1, new Fault(Fault.Kind.BUSY, "It does not find what its log holds", "busy"));
    for (int i = 0; i < StuckLog.SESSIONS; i++) {
      reading.readAfter(Duration.ofHours(12));
      assertThat(attempt()).isEqualTo("FAILED BUSY 0 0");
    }

    reading.readAfter(Duration.ofHours(12));

    assertThat(attempt()).isEqualTo("COMPLETE 4 1");
    assertThat(archived()).containsExactlyInAnyOrderElementsOf(meter.log.subList(1, 4));
    assertThat(refused()).containsExactly("1 unanswered busy");
    assertThat(
            reading.count(
                "select count(*) from logbook_entry where meter_id = ? and code = 6"
                    + " and logbook = '0-0:99.98.128*255'",
                reading.meterId(0)))
        .isEqualTo(1);
  }

  @Test
  void recordThatComesAfterAllIsNotPassedOver() throws InterruptedException {
    meter.charge("1.50", "3.75");
    meter.unreadable.put(1, new Fault(Fault.Kind.PROTOCOL, "Noise"));
    for (int i = 0; i < StuckLog.SESSIONS; i++) {
      reading.readAfter(Duration.ofHours(12));
    }
    meter.unreadable.clear();

    reading.readAfter(Duration.ofHours(12));

    assertThat(attempt()).isEqualTo("COMPLETE 2 0");
    assertThat(archived()).containsExactlyInAnyOrderElementsOf(meter.log);
    assertThat(refused()).isEmpty();
  }

  @Test
  void meterThatIsSilentIsAskedAgainWithoutEnd() throws InterruptedException {
    meter.charge("1.50", "3.75");
    meter.unreadable.put(1, new Fault(Fault.Kind.TIMEOUT, "No answer"));
    for (int i = 0; i <= StuckLog.SESSIONS + 1; i++) {
      reading.readAfter(Duration.ofHours(12));
      assertThat(attempt()).isEqualTo("FAILED TIMEOUT 0 0");
    }

    assertThat(archived()).isEmpty();
    assertThat(refused()).isEmpty();
  }
}
