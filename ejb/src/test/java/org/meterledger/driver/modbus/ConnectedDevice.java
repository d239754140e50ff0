package org.meterledger.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.meterledger.driver.Fault;
import org.meterledger.driver.ModbusAddress.Transport;
import org.meterledger.driver.ReadResult;

/** A connection to a device that does as a test says. */
abstract class ConnectedDevice {

  /** Enough for a slow machine, where nothing waits for its end. */
  static final Duration LONG = Duration.ofSeconds(10);

  /** Where the end of it is waited for. */
  static final Duration SHORT = Duration.ofMillis(100);

  static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

  final ModbusTransport transport = new ModbusTransport(Clock.fixed(NOW, ZoneOffset.UTC));
  TestDevice device;
  ModbusConnection connection;

  final void connect(Transport kind, Duration timeout) {
    device = new TestDevice(kind);
    connection = transport.open(device.endpoint(timeout));
  }

  @AfterEach
  final void close() {
    if (connection != null) {
      connection.close();
    }
    if (device != null) {
      device.close();
    }
  }

  static Words good(ReadResult<Words> read) {
    assertThat(read).isInstanceOf(ReadResult.Complete.class);
    return ((ReadResult.Complete<Words>) read).value();
  }

  static Fault fault(ReadResult<?> read) {
    assertThat(read).isInstanceOf(ReadResult.Failed.class);
    return ((ReadResult.Failed<?>) read).fault();
  }

  final void readsWell() {
    var words = good(connection.readInput(100, 120));
    assertThat(words.count()).isEqualTo(120);
    for (var at = 100; at < 220; at++) {
      assertThat(words.word(at)).isEqualTo(TestDevice.value(at));
    }
  }
}
