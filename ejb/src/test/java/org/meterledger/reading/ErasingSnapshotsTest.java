package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.reading.GatewayFixture.request;
import static org.meterledger.reading.GatewayFixture.result;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.OperationState;
import org.meterledger.server.Database;
import org.meterledger.simulators.g13.Fault;

/** What a meter keeps of its periods is in the archive before it is erased, or stays. */
@Timeout(240)
class ErasingSnapshotsTest extends SnapshotFixture {

  @BeforeEach
  void nothingIsReadUnasked() {
    reading.database.update("delete from reading_task");
    reading.clock.advance(DAY.multipliedBy(5));
  }

  private static OperationRequest clear(SnapshotKind kind) {
    return request(ClearStored.NAME, "what", kind.name());
  }

  private static void succeeded(MeterOperation operation) {
    assertThat(operation.state()).as(operation.detail()).isEqualTo(OperationState.SUCCEEDED);
  }

  @ParameterizedTest
  @EnumSource(SnapshotKind.class)
  void allIsArchivedAndOnlyThenCleared(SnapshotKind kind) throws InterruptedException {
    var held = new ArrayList<>(truth(full, kind));
    assertThat(held).hasSize(5);
    assertThat(told(full, kind)).isEmpty();

    var cleared = gateway.done(clear(kind));

    succeeded(cleared);
    assertThat(result(cleared).getInt("archived")).isEqualTo(5);
    assertThat(truth(full, kind)).isEmpty();
    assertThat(told(full, kind)).isEqualTo(held);

    reading.clock.advance(DAY);
    held.addAll(truth(full, kind));
    succeeded(gateway.done(clear(kind)));
    assertThat(told(full, kind)).isEqualTo(held).hasSize(6);
  }

  /** What a clock closed that was set back is earlier than what is archived already. */
  @ParameterizedTest
  @EnumSource(SnapshotKind.class)
  void whatWasClosedEarlierIsArchivedToo(SnapshotKind kind) throws InterruptedException {
    var name = kind == SnapshotKind.DEMAND ? ReadDemand.NAME : ReadPreviousValues.NAME;
    succeeded(gateway.done(request(name, "periods", 2)));
    assertThat(told(full, kind)).hasSize(2);
    gateway.meter().shiftClock(Duration.ofHours(-78));
    reading.clock.advance(DAY);
    var held = new ArrayList<>(truth(full, kind));
    assertThat(held).hasSize(6);

    succeeded(gateway.done(clear(kind)));

    assertThat(truth(full, kind)).isEmpty();
    assertThat(told(full, kind)).containsExactlyInAnyOrderElementsOf(held);
  }

  @ParameterizedTest
  @CsvSource({"PREVIOUS_VALUES, METER_OFFLINE", "DEMAND, GARBAGE"})
  void whatCannotBeArchivedStays(SnapshotKind kind, Fault fault) throws InterruptedException {
    var held = new ArrayList<>(truth(full, kind));
    simulator.gateway(0).inject(fault);

    var failed = gateway.done(clear(kind));

    assertThat(failed.state()).isEqualTo(OperationState.FAILED);
    assertThat(result(failed)).doesNotContainKey("archived");
    assertThat(truth(full, kind)).isEqualTo(held).isNotEmpty();
  }

  private JsonObject held(String part) throws InterruptedException {
    var read = gateway.done(request(ReadSettingsPart.NAME, "part", part));
    succeeded(read);
    return result(read).getJsonObject("values");
  }

  /** The same but for the last row. */
  private static JsonObject less(JsonObject values) {
    var rows = values.getJsonArray("rows");
    return Json.createObjectBuilder()
        .add("rows", Json.createArrayBuilder(rows.subList(0, rows.size() - 1)))
        .build();
  }

  private static OperationRequest change(String part, JsonObject before, JsonObject after) {
    return request(ChangeSettings.NAME, "part", part, "before", before, "after", after);
  }

  @ParameterizedTest
  @CsvSource({"previousValues, PREVIOUS_VALUES", "demand, DEMAND"})
  void changeArchivesWhatItErases(String part, SnapshotKind kind) throws InterruptedException {
    var held = new ArrayList<>(truth(full, kind));
    var before = held(part);
    var after = less(before);

    var changed = gateway.done(change(part, before, after));

    succeeded(changed);
    assertThat(result(changed).getInt("archived")).isEqualTo(held.size());
    assertThat(held(part)).isEqualTo(after).isNotEqualTo(before);
    assertThat(truth(full, kind)).isEmpty();
    assertThat(told(full, kind)).isEqualTo(held).hasSize(5);

    reading.clock.advance(DAY);
    var name = kind == SnapshotKind.DEMAND ? ReadDemand.NAME : ReadPreviousValues.NAME;
    succeeded(gateway.done(request(name, "periods", 2)));
    held.addAll(truth(full, kind));
    assertThat(told(full, kind)).isEqualTo(held).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({"previousValues, PREVIOUS_VALUES, GARBAGE", "demand, DEMAND, METER_OFFLINE"})
  void changeThatCouldNotArchiveIsNotSent(String part, SnapshotKind kind, Fault fault)
      throws InterruptedException {
    var held = new ArrayList<>(truth(full, kind));
    var before = held(part);
    gateway.spoil(
        SnapshotReading.needs(kind),
        () -> simulator.gateway(0).inject(fault, 100, gateway.path(part.toLowerCase())));

    var failed = gateway.done(change(part, before, less(before)));

    assertThat(failed.state()).isEqualTo(OperationState.FAILED);
    assertThat(failed.detail())
        .startsWith("What the change erases could not be archived")
        .endsWith("nothing was sent");
    assertThat(truth(full, kind)).isEqualTo(held).isNotEmpty();
    simulator.gateway(0).clearFaults();
    assertThat(held(part)).isEqualTo(before);
  }

  private List<String> archivedRows() {
    return reading.database.query(
        """
        select e.period_end, e.values[1] as value
          from load_profile_entry e join load_profile p on p.id = e.profile_id
         where p.meter_id = ? and p.obis = '1-0:99.1.0*255' order by e.sequence, e.occurrence""",
        row -> Database.instant(row, "period_end") + " " + row.getLong("value"),
        gateway.meterId(full));
  }

  private List<String> rows() {
    return gateway.meter().loadProfile(1).stream()
        .map(
            item ->
                item.timestamp().atZone(ZURICH).toInstant()
                    + " "
                    + item.value().movePointRight(3).longValueExact())
        .toList();
  }

  @Test
  void changeOfLoadProfilesArchivesThemAndNothingIsMissedLater() throws InterruptedException {
    var part = "loadProfiles";
    var before = held(part);
    var fewer = Json.createArrayBuilder();
    before
        .getJsonArray("rows")
        .getValuesAs(JsonObject.class)
        .forEach(row -> fewer.add(Json.createObjectBuilder(row).add("items", 1_000)));
    var after = Json.createObjectBuilder().add("rows", fewer).build();
    var held = rows();

    var changed = gateway.done(change(part, before, after));

    succeeded(changed);
    assertThat(held(part)).isEqualTo(after);
    assertThat(rows()).isEmpty();
    assertThat(archivedRows()).isEqualTo(held).isNotEmpty();

    new ReadingTasks(reading.database, reading.clock).followMeter(gateway.meterId(full));
    reading.readAfter(Duration.ofHours(2));
    assertThat(archivedRows()).hasSize(held.size() + 8).endsWith(rows().toArray(String[]::new));
    assertThat(
            reading.count(
                """
                select count(*) from logbook_entry
                 where meter_id = ? and logbook = '0-0:99.98.128*255' and code = 2""",
                gateway.meterId(full)))
        .isZero();
  }
}
