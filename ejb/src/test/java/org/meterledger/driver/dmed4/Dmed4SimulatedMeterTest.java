package org.meterledger.driver.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.meterledger.driver.Block;
import org.meterledger.driver.ChargingSource;
import org.meterledger.driver.ChargingSource.Lookup;
import org.meterledger.driver.ChargingSource.SignedRecord;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.ClockTarget;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RegisterValue;
import org.meterledger.simulators.dmed4.Health;
import org.meterledger.simulators.dmed4.OcmfRecord;
import org.meterledger.simulators.dmed4.Transport;

/** The same of the same meter over whatever transport. */
@Timeout(60)
class Dmed4SimulatedMeterTest extends SimulatedDmed4 {

  private static Map<ObisCode, BigDecimal> registers(MeterSession session) {
    var reading = value(able(session, RegisterSource.class).readRegisters());
    return reading.values().stream()
        .collect(Collectors.toMap(RegisterValue::obis, each -> each.quantity().value()));
  }

  private static BigDecimal register(Map<ObisCode, BigDecimal> all, String obis) {
    return all.get(ObisCode.of(obis));
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void meterSaysWhoItIs(Transport transport) {
    var session = session(transport);
    charge(session);

    var meter = value(session.identify());

    assertThat(meter.serialNumber()).isEqualTo(SERIAL);
    assertThat(meter.manufacturer()).isEqualTo("Lovato Electric");
    assertThat(meter.model())
        .isEqualTo(transport == Transport.REST ? "DMED404R0600" : "DMED404x0600");
    assertThat(meter.firmware()).isEqualTo("7");
  }

  @Test
  void overModbusASerialNumberNeedsARecord() {
    assertThat(fault(session(Transport.MODBUS_TCP).identify()).detail()).contains("holds none yet");
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void registersAreThoseOfTheMeter(Transport transport) {
    var session = session(transport);
    charge(session);
    simulated.load(-20_000, 39_990);

    var all = registers(session);
    var now = simulated.readings();

    assertThat(register(all, "1-0:1.8.0*255")).isEqualByComparingTo("" + now.importedWh());
    assertThat(register(all, "1-0:2.8.0*255")).isEqualByComparingTo("" + now.exportedWh());
    assertThat(register(all, "1-131:1.8.0*255")).isEqualByComparingTo("" + now.cycleImportedWh());
    assertThat(register(all, "1-0:16.7.0*255")).isEqualByComparingTo("-20000");
    assertThat(register(all, "1-0:12.7.0*255")).isEqualByComparingTo("399.9");
    assertThat(register(all, "0-1:96.9.0*255"))
        .isEqualByComparingTo(BigDecimal.valueOf(now.temperature1(), 1));
    assertThat(register(all, "0-0:96.130.3*255")).isEqualByComparingTo("2");
    assertThat(register(all, "0-0:96.131.0*255")).isEqualByComparingTo("0");
    assertThat(register(all, "0-0:97.97.8*255")).isEqualByComparingTo("1");
    assertThat(all.containsKey(ObisCode.of("0-0:97.97.5*255")))
        .as("what the boards say is told over REST only")
        .isEqualTo(transport == Transport.REST);
    assertThat(all.containsKey(ObisCode.of("1-130:12.7.0*255")))
        .as("what is fast is told over Modbus only")
        .isEqualTo(transport != Transport.REST);
  }

  @Test
  void whatBothTransportsTellIsTheSame() {
    var rest = registers(session(Transport.REST));
    var modbus = registers(session(Transport.MODBUS_TCP));

    for (var register : GoldenValuesTest.TABLES.registers()) {
      if (!register.resource().isEmpty() && register.address() != null) {
        var tolerance = register.factor() > register.addressFactor() ? 100 : 0.1;
        var obis = register.channel().obis();
        assertThat(rest.get(obis).subtract(modbus.get(obis)).abs())
            .as(register.name())
            .isLessThan(BigDecimal.valueOf(tolerance));
      }
    }
    assertThat(modbus).hasSizeGreaterThan(25);
  }

  @Test
  void everyErrorOfTheBoardsIsAFlagOfItsOwn() {
    var session = session(Transport.REST);
    simulated.health().set(Health.Board.BOARD_1, "meas_not_comm_err", true);
    simulated.health().set(Health.Board.FATAL, "e_9", true);
    simulated.health().set(Health.Board.BOARD_2, "init_uncorrect_err", true);

    var all = registers(session);

    assertThat(register(all, "0-0:97.97.4*255")).isEqualByComparingTo("" + (1 << 6));
    assertThat(register(all, "0-0:97.97.5*255")).isEqualByComparingTo("" + (1 << 11 | 1 << 18));
    assertThat(register(all, "0-0:97.97.6*255")).isEqualByComparingTo("" + (1 << 9));
    assertThat(register(all, "0-0:97.97.7*255")).isEqualByComparingTo("" + (1 << 3));
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void clockIsReadAndShifted(Transport transport) {
    var session = session(transport);
    simulated.shiftClock(Duration.ofSeconds(90));
    assertThat(value(able(session, ClockSource.class).readClock()))
        .isEqualTo(time.instant().plusSeconds(90));

    accepted(able(session, ClockTarget.class).shiftClock(Duration.ofSeconds(-90)));

    assertThat(Instant.ofEpochSecond(simulated.clockSeconds())).isEqualTo(time.instant());
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void recordsAreThoseThatWereSigned(Transport transport) {
    var session = session(transport);
    charge(session);
    charge(session);
    var source = able(session, ChargingSource.class);
    var truth = simulated.records().stream().map(OcmfRecord::text).toList();

    var block = value(source.readRecords(Cursor.START));

    assertThat(block.content()).extracting(SignedRecord::text).containsExactlyElementsOf(truth);
    assertThat(block.content())
        .extracting(SignedRecord::progressive)
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(block.more()).isFalse();
    assertThat(value(source.readRecords(block.next())).content()).isEmpty();
    assertThat(value(source.readLog())).isEqualTo(new ChargingSource.Log(4, 1000, 1L, 4L));
    assertThat(value(source.readRecord(Lookup.POSITION, 0)).text()).isEqualTo(truth.get(3));
    assertThat(value(source.readRecord(Lookup.POSITION, 3)).text()).isEqualTo(truth.get(0));
    assertThat(value(source.readRecord(Lookup.PROGRESSIVE, 2)).text()).isEqualTo(truth.get(1));
    assertThat(value(source.readRecord(Lookup.TRANSACTION, 3)).text()).isEqualTo(truth.get(2));
    assertThat(fault(source.readRecord(Lookup.POSITION, 4)).kind()).isEqualTo(Kind.UNSUPPORTED);
    assertThat(value(source.readPublicKey()))
        .isEqualTo(HexFormat.of().formatHex(simulated.publicKeySpki()));
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void eventsAreThoseOfTheMeter(Transport transport) {
    var session = session(transport);
    var source = able(session, EventLogSource.class);
    for (int i = 0; i < 60; i++) {
      time.advance(Duration.ofMinutes(1));
      simulated.replaceKey(i);
    }

    var lines = new ArrayList<LoggedEvent>();
    var cursor = Cursor.START;
    Block<List<LoggedEvent>> block;
    do {
      block = value(source.readLogbook(EventReading.LOGBOOK, cursor));
      lines.addAll(block.content());
      cursor = block.next();
    } while (block.more());

    var truth = simulated.events();
    assertThat(lines).hasSameSizeAs(truth);
    for (int i = 0; i < truth.size(); i++) {
      assertThat(lines.get(i).at()).isEqualTo(Instant.ofEpochSecond(truth.get(i).unixSeconds()));
      assertThat(lines.get(i).code()).isEqualTo(truth.get(i).code());
      assertThat(lines.get(i).sequence()).isEqualTo(i);
    }
    var from = lines.get(7).at();
    var found = value(source.seek(EventReading.LOGBOOK, from, cursor));
    assertThat(value(source.readLogbook(EventReading.LOGBOOK, found)).content().get(0).at())
        .isEqualTo(from);
  }

  @Test
  void logThatHasMovedGoesOnWhereItWasRead() {
    var source = able(session(Transport.REST), EventLogSource.class);
    var last = value(source.readLogbook(EventReading.LOGBOOK, Cursor.START)).next();
    time.advance(Duration.ofMinutes(1));
    simulated.replaceKey(1);
    // As if 40 older events had made room: the place of the one that was read last has moved.
    var before = new Cursor(0, last.index() + 40, last.at());

    var block = value(source.readLogbook(EventReading.LOGBOOK, before));

    assertThat(block.findings()).isEmpty();
    assertThat(block.content())
        .singleElement()
        .satisfies(line -> assertThat(line.sequence()).isEqualTo(before.index() + 1));
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void settingsTellChecksumAndParameters(Transport transport) {
    var settings = value(able(session(transport), SettingsSource.class).readSettings());

    assertThat(settings)
        .containsEntry("meas_fw_rev", "7")
        .containsEntry("meas_fw_cks", "%08X".formatted(simulated.firmwareChecksum()))
        .containsEntry("P04_02", "9600")
        .containsEntry("P05_03", "192.168.1.1")
        .containsEntry("P06_01", "hex");
    assertThat(settings.values()).as("the password of the portal").doesNotContain("2000");
  }
}
