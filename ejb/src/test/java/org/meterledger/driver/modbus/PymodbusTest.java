package org.meterledger.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ModbusAddress;
import org.meterledger.driver.ModbusAddress.Transport;
import org.meterledger.driver.ReadResult;

/** An independent server understands what is sent, and is understood. */
class PymodbusTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration START = Duration.ofSeconds(60);

  private final ModbusTransport transport = new ModbusTransport(Clock.systemUTC());

  @TempDir Path directory;

  /** The one of the system may have it where a newer one, first in the path, has not. */
  private static String python() {
    var python =
        Stream.of("python3", "/usr/bin/python3")
            .filter(each -> Programs.runs(each, "-c", "import pymodbus.server, serial_asyncio"))
            .findFirst();
    assumeTrue(python.isPresent(), "python3 with pymodbus and serial-asyncio is not installed");
    return python.get();
  }

  private Process start(String framer, String place) throws IOException, URISyntaxException {
    var script = Path.of(PymodbusTest.class.getResource("peer.py").toURI());
    return new ProcessBuilder(python(), script.toString(), framer, place)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(log()))
        .start();
  }

  private File log() {
    return directory.resolve("peer.log").toFile();
  }

  @ParameterizedTest
  @CsvSource({"MODBUS_TCP, tcp", "MODBUS_RTU_TCP, rtu", "MODBUS_ASCII_TCP, ascii"})
  void overTcp(Transport kind, String framer) throws IOException, URISyntaxException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var peer = start(framer, Integer.toString(port));
    try {
      check(
          peer,
          new Endpoint.Modbus(
              new ModbusAddress(kind, "127.0.0.1", port, null, TestDevice.UNIT), TIMEOUT));
    } finally {
      Programs.end(peer);
    }
  }

  @ParameterizedTest
  @CsvSource({"MODBUS_RTU_SERIAL, rtu", "MODBUS_ASCII_SERIAL, ascii"})
  void overSerialLines(Transport kind, String framer) throws IOException, URISyntaxException {
    python();
    try (var line = PseudoTerminal.pair()) {
      var peer = start(framer, line.other());
      try {
        check(peer, line.endpoint(kind, TIMEOUT));
      } finally {
        Programs.end(peer);
      }
    }
  }

  private void check(Process peer, Endpoint.Modbus endpoint) {
    try (var connection = transport.open(endpoint)) {
      awaitAnswer(peer, connection);
      assertRegisters(connection.readHolding(100, 120));
      assertRegisters(connection.readInput(100, 120));
      assertThat(connection.writeSingle(5, 6)).isInstanceOf(CommandResult.Accepted.class);
      assertThat(connection.writeMultiple(6, 7, 65535)).isInstanceOf(CommandResult.Accepted.class);
      assertThat(connection.readHolding(5, 3))
          .isEqualTo(ReadResult.complete(Words.of(5, new byte[] {0, 6, 0, 7, -1, -1})));
      assertThat(connection.readInput(990, 20))
          .isInstanceOfSatisfying(
              ReadResult.Failed.class,
              failed -> assertThat(failed.fault().kind()).isEqualTo(Kind.UNSUPPORTED));
      assertThat(connection.reportSlaveId())
          .isInstanceOfSatisfying(
              ReadResult.Complete.class,
              report -> assertThat((byte[]) report.value()).isNotEmpty());
    }
  }

  /** The server says nothing when it is ready. */
  private void awaitAnswer(Process peer, ModbusConnection connection) {
    var end = Instant.now().plus(START);
    while (!(connection.readHolding(0, 1) instanceof ReadResult.Complete)) {
      if (!peer.isAlive() || Instant.now().isAfter(end)) {
        fail("No answer of pymodbus; it says: " + said());
      }
    }
  }

  private String said() {
    try {
      return Files.readString(log().toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void assertRegisters(ReadResult<Words> read) {
    assertThat(read).isInstanceOf(ReadResult.Complete.class);
    var words = ((ReadResult.Complete<Words>) read).value();
    for (var at = 100; at < 220; at++) {
      assertThat(words.word(at)).isEqualTo(TestDevice.value(at));
    }
  }
}
