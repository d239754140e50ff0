package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.access.MeterScope;
import org.meterledger.archive.ArchivedSnapshot;
import org.meterledger.archive.BillingSnapshots;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationRequest;
import org.meterledger.simulators.g13.Fault;

/** Previous values and demand, from simulated meters behind a gateway to the archive. */
@Timeout(300)
class SnapshotReadingTest extends SnapshotFixture {

  @Test
  void archiveIsWhatMetersStoredAlsoAcrossTheEndOfSummer() throws InterruptedException {
    reading.readAfter(Duration.ofDays(12));

    archiveIsTruth();
    assertThat(archived(full, SnapshotKind.PREVIOUS_VALUES))
        .extracting(ArchivedSnapshot::closedAt)
        .startsWith(Instant.parse("2026-10-19T22:00:00Z"), Instant.parse("2026-10-20T22:00:00Z"))
        .contains(Instant.parse("2026-10-24T22:00:00Z"), Instant.parse("2026-10-25T23:00:00Z"));
    assertThat(archived(full, SnapshotKind.DEMAND))
        .allSatisfy(
            each -> {
              assertThat(each.period()).isEqualTo(Period.ofDays(1));
              assertThat(each.supersededAt()).isNull();
            });
    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 12 12 0");
    assertThat(attempt(full, "DEMAND")).isEqualTo("COMPLETE 12 12 0");
  }

  @Test
  void readAgainNothingIsNewAndOnlyTheNewestIsAskedFor() throws InterruptedException {
    reading.readAfter(Duration.ofDays(5));
    var before = told(full, SnapshotKind.DEMAND);

    reading.readAfter(Duration.ofMinutes(10));

    assertThat(told(full, SnapshotKind.DEMAND)).isEqualTo(before).hasSize(5);
    assertThat(attempt(full, "DEMAND")).isEqualTo("COMPLETE 1 0 0");
    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 1 0 0");
    reading.readAfter(DAY.multipliedBy(2));
    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 3 2 0");
    archiveIsTruth();
  }

  @Test
  void whatTheMeterTellsOtherwiseIsKeptBesideWhatItSaidBefore() throws InterruptedException {
    reading.readAfter(Duration.ofDays(3));
    var before = archived(full, SnapshotKind.PREVIOUS_VALUES);
    gateway.replaceBy(closed(simulator(2)));

    reading.readAfter(Duration.ofMinutes(10));

    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 1 0 1");
    var after = archived(full, SnapshotKind.PREVIOUS_VALUES);
    assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
    assertThat(after.get(2).values()).isNotEqualTo(before.get(2).values());
    var versions = new ArrayList<ArchivedSnapshot>();
    archive.ofMeter(
        gateway.meterId(full),
        new BillingSnapshots.Query(SnapshotKind.PREVIOUS_VALUES, null, null, true),
        each -> versions.add(each.snapshot()));
    assertThat(versions).hasSize(2);
    assertThat(versions.get(0).values()).isEqualTo(before.get(2).values());
    assertThat(versions.get(0).supersededAt()).isNotNull();
    assertThat(versions.get(1)).isEqualTo(after.get(2));
    assertThat(
            reading.count(
                """
                select count(*) from logbook_entry
                 where meter_id = ? and logbook = '0-0:99.98.128*255' and code = 10""",
                gateway.meterId(full)))
        .isEqualTo(1);
  }

  @Test
  void anEndOfPeriodThatComesTwiceIsKeptTwice() throws InterruptedException {
    reading.readAfter(Duration.between(reading.clock.instant(), START.plus(DAY.multipliedBy(2))));
    reading.clock.set(Instant.parse("2026-10-21T22:30:00Z"));
    simulator.gateway(0).meter(full).shiftClock(Duration.ofHours(-1));

    reading.readAfter(Duration.ofHours(2));

    archiveIsTruth();
    assertThat(archived(full, SnapshotKind.PREVIOUS_VALUES))
        .extracting(each -> each.closedAt() + " " + each.occurrence())
        .contains("2026-10-21T22:00:00Z 0", "2026-10-21T22:00:00Z 1");
    var before = told(full, SnapshotKind.PREVIOUS_VALUES);
    reading.readAfter(Duration.ofMinutes(10));
    assertThat(told(full, SnapshotKind.PREVIOUS_VALUES)).isEqualTo(before);
    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 2 0 0");
  }

  @Test
  void offlineInTheMiddleWhatCameIsKeptAndTheRestFollows() throws InterruptedException {
    simulator
        .gateway(0)
        .inject(Fault.METER_OFFLINE, Integer.MAX_VALUE, "/meters/" + full + "/demand");
    reading.readAfter(Duration.ofDays(3));

    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 3 3 0");
    assertThat(attempt(full, "DEMAND")).startsWith("FAILED").endsWith(" 0 0 0");
    assertThat(told(full, SnapshotKind.PREVIOUS_VALUES))
        .isEqualTo(truth(full, SnapshotKind.PREVIOUS_VALUES));
    assertThat(told(full, SnapshotKind.DEMAND)).isEmpty();

    simulator.gateway(0).clearFaults();
    reading.readAfter(Duration.ofHours(1));
    archiveIsTruth();
  }

  @Test
  void anAnswerThatIsCutIsNotTakenForAll() throws InterruptedException {
    reading.readAfter(Duration.ofDays(2));
    simulator
        .gateway(0)
        .inject(Fault.BODY_CUT, Integer.MAX_VALUE, "/meters/" + full + "/previousvalues");
    reading.readAfter(Duration.ofDays(2));

    assertThat(attempt(full, "PREVIOUS_VALUES")).startsWith("FAILED").endsWith(" 0 0 0");
    simulator.gateway(0).clearFaults();
    reading.readAfter(Duration.ofHours(1));
    archiveIsTruth();
  }

  @Test
  void whoHasNoneOfItIsNotInFault() throws InterruptedException {
    reading.readAfter(Duration.ofDays(2));

    assertThat(attempt(withNothing, "PREVIOUS_VALUES")).isEqualTo("NOT_KEPT UNSUPPORTED 0 0 0");
    assertThat(attempt(withoutDemand, "DEMAND")).isEqualTo("NOT_KEPT UNSUPPORTED 0 0 0");
    assertThat(attempt(reading.meterId(0), "DEMAND")).isEqualTo("COMPLETE 0 0 0");
    for (int meter : List.of(gateway.meterId(withNothing), reading.meterId(0))) {
      assertThat(
              reading.count(
                  """
                  select count(*) from meter_contact c join reading_task t using (meter_id)
                   where meter_id = ? and (c.fault is not null or t.failures > 0)""",
                  meter))
          .isZero();
    }
  }

  @Test
  void whatIsClearedAtTheMeterStaysArchivedAndNewPeriodsFollow() throws Exception {
    reading.readAfter(Duration.ofDays(3));
    var before = told(full, SnapshotKind.PREVIOUS_VALUES);
    clear("previousvalues");
    reading.readAfter(Duration.ofMinutes(10));
    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 0 0 0");
    assertThat(told(full, SnapshotKind.PREVIOUS_VALUES)).isEqualTo(before);

    reading.readAfter(DAY.multipliedBy(2));

    var all = new ArrayList<>(before);
    all.addAll(truth(full, SnapshotKind.PREVIOUS_VALUES));
    assertThat(told(full, SnapshotKind.PREVIOUS_VALUES)).isEqualTo(all).hasSize(5);
  }

  @Test
  void whatWasClosedByAClockThatWasNotSetIsReadToo() throws InterruptedException {
    reading.readAfter(Duration.ofDays(2));
    simulator.gateway(0).meter(full).loseTime();

    reading.readAfter(DAY.multipliedBy(2));

    assertThat(archived(full, SnapshotKind.PREVIOUS_VALUES))
        .filteredOn(each -> each.closedAt().isBefore(Instant.parse("2001-01-01T00:00:00Z")))
        .hasSize(2)
        .allSatisfy(
            each -> assertThat(RowStatus.of(each.flags())).contains(RowStatus.CLOCK_INVALID));
    assertThat(told(full, SnapshotKind.PREVIOUS_VALUES))
        .isEqualTo(truth(full, SnapshotKind.PREVIOUS_VALUES));
  }

  private MeterOperation ask(String serial, String kind, JsonValue periods)
      throws InterruptedException {
    var request =
        OperationRequest.of(kind, Json.createObjectBuilder().add("periods", periods).build());
    long id =
        reading
            .operations
            .submit(gateway.meterId(serial), "abb-g13", serial, request, "test", null)
            .get(0);
    reading.readDue();
    return reading.list.find(MeterScope.EVERYTHING, id).orElseThrow();
  }

  private static int number(MeterOperation operation, String key) {
    return Json.createReader(new StringReader(operation.result())).readObject().getInt(key);
  }

  @Test
  void operationsReadTheLastPeriodsAgain() throws InterruptedException {
    reading.database.update("delete from reading_task");
    reading.clock.advance(DAY.multipliedBy(6));

    var values = ask(full, "READ_PREVIOUS_VALUES", Json.createValue(4));
    assertThat(values.state().name()).isEqualTo("SUCCEEDED");
    assertThat(number(values, "received")).isEqualTo(4);
    assertThat(number(values, "stored")).isEqualTo(4);
    assertThat(number(values, "superseded")).isZero();
    assertThat(number(ask(full, "READ_DEMAND", Json.createValue(520)), "stored")).isEqualTo(6);
    var again = ask(full, "READ_PREVIOUS_VALUES", Json.createValue(5));
    assertThat(number(again, "stored")).isEqualTo(1);
    assertThat(told(full, SnapshotKind.PREVIOUS_VALUES))
        .isEqualTo(truth(full, SnapshotKind.PREVIOUS_VALUES).subList(1, 6));
    assertThat(ask(withNothing, "READ_DEMAND", Json.createValue(1)).fault())
        .isEqualTo("UNSUPPORTED");
  }

  @Test
  void numbersOfPeriodsThatMakeNoSenseAreRefused() {
    for (var periods : List.of(Json.createValue(0), Json.createValue(521), Json.createValue(1.5))) {
      assertThatThrownBy(() -> ask(full, "READ_DEMAND", periods))
          .isInstanceOf(InvalidOperation.class);
    }
  }
}
