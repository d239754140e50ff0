package org.meterledger.driver.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.meterledger.driver.Block;
import org.meterledger.driver.ChargeCycleTarget;
import org.meterledger.driver.ChargeCycleTarget.Step;
import org.meterledger.driver.ChargingSource;
import org.meterledger.driver.ChargingSource.Lookup;
import org.meterledger.driver.ChargingSource.SignedRecord;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.Finding;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.RefusedRow;
import org.meterledger.metering.Cursor;
import org.meterledger.simulators.dmed4.Dmed4Model;
import org.meterledger.simulators.dmed4.Dmed4Settings;
import org.meterledger.simulators.dmed4.Fault;
import org.meterledger.simulators.dmed4.OcmfRecord;
import org.meterledger.simulators.dmed4.Transport;

/** A log in which something is no record: it is told, kept, and read on behind. */
@Timeout(60)
class RecordLogTest extends SimulatedDmed4 {

  private static final String BROKEN = "OCMF|{\"PG\":\"T2\"";

  private OcmfRecord record(int number) {
    return simulated.records().get(number - 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Block<List<SignedRecord>> read(MeterSession session, Cursor cursor) {
    return value(able(session, ChargingSource.class).readRecords(cursor));
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void whatIsNoRecordIsRefusedAndThoseAfterItAreRead(Transport transport) {
    var session = session(transport);
    charge(session);
    charge(session);
    record(2).spoil(bytes(BROKEN));
    record(3).deny();

    var block = read(session, Cursor.START);

    assertThat(block.content())
        .extracting(SignedRecord::text)
        .containsExactly(record(1).text(), record(4).text());
    assertThat(block.content()).extracting(SignedRecord::progressive).containsExactly(1L, 4L);
    assertThat(block.refused()).extracting(RefusedRow::sequence).containsExactly(2L, 3L);
    assertThat(block.refused())
        .extracting(RefusedRow::reason)
        .containsExactly("unreadable", "denied");
    assertThat(block.refused().get(0).raw())
        .contains(transport == Transport.REST ? BROKEN.replace("\"", "\\\"") : BROKEN);
    assertThat(block.findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.ROW_REFUSED, Finding.Kind.ROW_REFUSED);
    assertThat(block.findings().get(0).detail()).containsEntry("index", "2");
    assertThat(block.next().index()).isEqualTo(4);
    assertThat(block.more()).isFalse();
    assertThat(fault(able(session, ChargingSource.class).readRecord(Lookup.PROGRESSIVE, 2)).kind())
        .isEqualTo(Kind.INVALID_DATA);
    assertThat(fault(able(session, ChargingSource.class).readRecord(Lookup.PROGRESSIVE, 3)).kind())
        .isEqualTo(Kind.UNSUPPORTED);
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void newestThatCannotBeReadHidesNoOther(Transport transport) {
    var session = session(transport);
    charge(session);
    record(2).spoil(bytes("{}"));

    assertThat(value(session.identify()).serialNumber()).isEqualTo(SERIAL);
    var first = read(session, Cursor.START);
    assertThat(first.content()).extracting(SignedRecord::progressive).containsExactly(1L);
    assertThat(first.refused()).extracting(RefusedRow::sequence).containsExactly(2L);

    charge(session);
    var then = read(session, first.next());
    assertThat(then.content()).extracting(SignedRecord::progressive).containsExactly(3L, 4L);
    assertThat(then.refused()).isEmpty();
    assertThat(then.findings()).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreKeptAsTheyCame() {
    var session = session(Transport.MODBUS_TCP);
    charge(session);
    charge(session);
    var odd = bytes(record(1).text());
    odd[odd.length / 2] = (byte) 0xff;
    record(1).spoil(odd);
    record(2).spoil(new byte[0]);
    var cut = Arrays.copyOf(bytes(record(3).text()), 900);
    record(3).spoil(Arrays.copyOf(cut, record(3).text().lastIndexOf('|') + 5));

    var block = read(session, Cursor.START);

    assertThat(block.content()).extracting(SignedRecord::progressive).containsExactly(4L);
    assertThat(block.refused())
        .extracting(RefusedRow::reason)
        .containsExactly("unreadable", "length", "unreadable");
    assertThat(block.refused().get(0).raw())
        .isEqualTo(RefusedRow.raw(odd))
        .startsWith("0x4f434d46");
    assertThat(block.refused().get(1).raw()).isEmpty();
  }

  @Test
  void answerThatWasSpoiledOnceIsAskedForAgain() {
    var session = session(Transport.REST);
    charge(session);
    simulated.faults().add(Fault.GARBAGE, 1, "/v1/logbook/OCMF?index_type=PROGR&index_value=1");

    var block = read(session, Cursor.START);

    assertThat(block.content()).hasSize(2);
    assertThat(block.refused()).isEmpty();
    assertThat(block.findings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"REST", "MODBUS_TCP"})
  void meterThatGivesNothingButNonsenseIsNotPassedOver(Transport transport) {
    var session = session(transport);
    charge(session);
    var before = read(session, Cursor.START).next();
    charge(session);
    charge(session);
    for (int number = 3; number <= 6; number++) {
      record(number).spoil(bytes("nonsense"));
    }

    var read = able(session, ChargingSource.class).readRecords(before);

    assertThat(fault(read).kind()).isEqualTo(Kind.INVALID_DATA);
    assertThat(fault(read).answer()).contains("nonsense");
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"REST", "MODBUS_TCP"})
  void rollOverIsToldWithTheRecordThatItIsOf(Transport transport) {
    var rolling =
        new org.meterledger.simulators.dmed4.Dmed4Meter(
            Dmed4Settings.of(Long.parseLong(SERIAL), Dmed4Model.DMED404R0600, NODE, START)
                .energies(99_999_990_000L, 0),
            time);
    serve(List.of(rolling));
    var session = session(transport);
    var cycle = able(session, ChargeCycleTarget.class);
    accepted(cycle.prepare(INPUT));
    rolling.load(50_000, 40_012);

    assertThat(cycle.sign(Step.BEGIN).record().rolledOver()).isFalse();
    time.advance(Duration.ofMinutes(30));
    assertThat(cycle.sign(Step.END).record().rolledOver()).isTrue();
    var block = read(session, Cursor.START);
    assertThat(block.content()).extracting(SignedRecord::rolledOver).containsExactly(null, true);

    accepted(cycle.prepare(INPUT));
    assertThat(cycle.sign(Step.BEGIN).record().rolledOver()).isFalse();
    assertThat(read(session, Cursor.START).content())
        .extracting(SignedRecord::rolledOver)
        .as("by now the bit is not of the second record any more")
        .containsExactly(null, null, null);
  }
}
