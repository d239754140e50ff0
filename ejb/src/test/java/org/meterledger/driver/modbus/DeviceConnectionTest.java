package org.meterledger.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ModbusAddress;
import org.meterledger.driver.ModbusAddress.Transport;
import org.meterledger.driver.ReadResult;

class DeviceConnectionTest extends ConnectedDevice {

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = ".*_TCP")
  void readsAndWritesOverOneConnection(Transport kind) {
    connect(kind, LONG);

    readsWell();
    assertThat(good(connection.readHolding(7, 1)).word(7)).isEqualTo(TestDevice.value(7));
    assertThat(connection.writeSingle(5, 65535)).isEqualTo(new CommandResult.Accepted(NOW));
    assertThat(connection.writeMultiple(6, 1, 0x8000)).isEqualTo(new CommandResult.Accepted(NOW));
    assertThat(connection.reportSlaveId())
        .isInstanceOfSatisfying(
            ReadResult.Complete.class,
            report ->
                assertThat((byte[]) report.value()).containsExactly(0x47, 7, 1, 3, 2, 9, 0, 0));
    assertThat(good(connection.readHolding(5, 3)))
        .isEqualTo(Words.of(5, new byte[] {-1, -1, 0, 1, -128, 0}));
    assertThat(device.written()).containsOnlyKeys(5, 6, 7);
    assertThat(device.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, UNSUPPORTED, does not know function 04 (exception 01)",
    "2, UNSUPPORTED, does not have what was asked for registers 0021 to 002E (exception 02)",
    "3, UNSUPPORTED, does not read that many at once for registers 0021 to 002E (exception 03)",
    "4, UNSUPPORTED, cannot do that as it is now for registers 0021 to 002E (exception 04)",
    "5, BUSY, is still at it for registers 0021 to 002E (exception 05)",
    "6, BUSY, is busy for registers 0021 to 002E (exception 06)",
    "11, PROTOCOL, answers with an exception of no known meaning for registers 0021 to 002E"
        + " (exception 0B)",
  })
  void anExceptionIsToldInWordsAndEndsNothing(int code, Kind kind, String words) {
    for (var each : new Transport[] {Transport.MODBUS_TCP, Transport.MODBUS_RTU_TCP}) {
      connect(each, LONG);
      device.follow(
          exchange ->
              exchange.send(
                  exchange.frame(
                      exchange.transaction(),
                      exchange.unit(),
                      new byte[] {(byte) 0x84, (byte) code})));

      assertThat(fault(connection.readInput(0x21, 14)))
          .isEqualTo(new Fault(kind, connection.address() + " " + words));
      assertThat(device.requests()).hasSize(1);
      device.follow(TestDevice.Exchange::good);
      readsWell();
      assertThat(device.connections()).isEqualTo(1);
      close();
    }
  }

  @ParameterizedTest
  @CsvSource({"2, UNSUPPORTED", "3, NOT_TAKEN", "4, NOT_TAKEN", "6, BUSY"})
  void anExceptionRefusesAWrite(int code, Kind kind) {
    connect(Transport.MODBUS_ASCII_TCP, LONG);
    device.follow(
        exchange ->
            exchange.send(
                exchange.frame(0, exchange.unit(), new byte[] {(byte) 0x86, (byte) code})));

    assertThat(connection.writeSingle(1, 1))
        .isInstanceOfSatisfying(
            CommandResult.Refused.class,
            refused -> assertThat(refused.fault().kind()).isEqualTo(kind));
  }

  @Test
  void aWriteThatIsStillGoingOnIsNotDone() {
    connect(Transport.MODBUS_TCP, LONG);
    device.follow(
        exchange ->
            exchange.send(
                exchange.frame(
                    exchange.transaction(), exchange.unit(), new byte[] {(byte) 0x86, 5})));

    assertThat(connection.writeSingle(1, 1)).isInstanceOf(CommandResult.Unconfirmed.class);
  }

  @Test
  void nobodyThereIsUnreachable() {
    connect(Transport.MODBUS_TCP, LONG);
    device.close();

    assertThat(fault(connection.readInput(1, 1)))
        .isEqualTo(new Fault(Kind.UNREACHABLE, "Nobody listens at " + connection.address()));
    assertThat(connection.writeSingle(1, 1)).isInstanceOf(CommandResult.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "modbus-tcp://no-such-meter.invalid, The name in modbus-tcp://no-such-meter.invalid:502?unit=1 is unknown",
    "modbus-rtu-serial:///dev/no-such-line, no serial device /dev/no-such-line",
    "modbus-ascii-serial:///dev/null, /dev/null cannot be opened",
  })
  void whatCannotBeOpenedIsUnreachable(String address, String words) {
    connection = transport.open(new Endpoint.Modbus(ModbusAddress.parse(address), LONG));

    var fault = fault(connection.readInput(1, 1));
    assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(fault.detail()).contains(words);
  }

  @Test
  void connectionsToOnePlaceTakeTurns() {
    connect(Transport.MODBUS_TCP, LONG);
    readsWell();
    try (var other = transport.open(device.endpoint(9, Duration.ofMillis(50)))) {
      assertThat(fault(other.readInput(1, 1)))
          .isEqualTo(new Fault(Kind.BUSY, other.address() + " is being asked by somebody else"));
      connection.close();
      connection.close();
      ReadResult<Words> read;
      do {
        read = other.readInput(1, 1);
      } while (!(read instanceof ReadResult.Complete));
      assertThat(good(read).word(1)).isEqualTo(TestDevice.value(1));
    }
  }

  @Test
  void nobodyAnswersWhatAllAreTold() {
    device = new TestDevice(Transport.MODBUS_RTU_TCP);
    connection = transport.open(device.endpoint(0, LONG));
    device.follow(exchange -> {});

    assertThat(fault(connection.readInput(1, 1)).kind()).isEqualTo(Kind.UNSUPPORTED);
    assertThat(device.connections()).isZero();
    assertThat(connection.writeSingle(5, 6)).isInstanceOf(CommandResult.Unconfirmed.class);
    assertThat(connection.writeSingle(5, 7)).isInstanceOf(CommandResult.Unconfirmed.class);
    assertThat(device.requests())
        .hasSizeGreaterThanOrEqualTo(1)
        .allMatch(each -> each.startsWith("0006"));
  }

  @Test
  void unitZeroOfTcpIsTheDevice() {
    device = new TestDevice(Transport.MODBUS_TCP);
    connection = transport.open(device.endpoint(0, LONG));

    readsWell();
  }

  @Test
  void whatIsNoRequestIsABug() {
    connect(Transport.MODBUS_TCP, LONG);

    assertThatIllegalArgumentException().isThrownBy(() -> connection.readInput(65535, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> connection.readInput(-1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> connection.readInput(0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connection.readInput(0, 126))
        .withMessage("126 registers in one request; at most 125");
    assertThatIllegalArgumentException().isThrownBy(() -> connection.writeSingle(0, 65536));
    assertThatIllegalArgumentException().isThrownBy(() -> connection.writeMultiple(0, 1, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> connection.writeMultiple(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connection.writeMultiple(0, new int[124]));
    assertThat(device.connections()).isZero();
  }
}
