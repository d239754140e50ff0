package org.meterledger.simulators.dmed4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that others have written, where they are installed. */
class IndependentClientTest {
  private static final long ENERGY = 0x0102_0304_05L;

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static boolean answers(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  /** The Python that has the library: the one first in the path or that of the distribution. */
  private static String pythonWithPymodbus() throws InterruptedException {
    for (String python : new String[] {"python3", "/usr/bin/python3"}) {
      if (answers(python, "-c", "import pymodbus")) {
        return python;
      }
    }
    return Assumptions.abort("pymodbus is not installed");
  }

  @Test
  void mbpoll() throws Exception {
    assumeTrue(answers("mbpoll", "-V"), "mbpoll is not installed");
    try (Dmed4Wired wired = new Dmed4Wired(Dmed4Wired.settings().energies(ENERGY, 0))) {
      String port = Integer.toString(wired.simulator.port(0, Transport.MODBUS_TCP));
      assertThat(
              run(
                  "mbpoll",
                  "-m",
                  "tcp",
                  "-p",
                  port,
                  "-a",
                  "8",
                  "-0",
                  "-r",
                  "1",
                  "-c",
                  "4",
                  "-t",
                  "3:hex",
                  "-1",
                  "127.0.0.1"))
          .contains("0x0000", "0x0001", "0x0203", "0x0405");
    }
  }

  /** Version 3.0 names framers by classes and a unit "slave"; the later ones otherwise. */
  @ParameterizedTest
  @CsvSource({
    "MODBUS_TCP, ModbusSocketFramer, SOCKET",
    "MODBUS_RTU, ModbusRtuFramer, RTU",
    "MODBUS_ASCII, ModbusAsciiFramer, ASCII"
  })
  void pymodbus(Transport transport, String framer, String type) throws Exception {
    String python = pythonWithPymodbus();
    try (Dmed4Wired wired = new Dmed4Wired(Dmed4Wired.settings().energies(ENERGY, 0))) {
      String program =
          """
          from pymodbus.client import ModbusTcpClient
          try:
              from pymodbus import FramerType
              framer, unit = FramerType.%s, {"device_id": 8}
          except ImportError:
              from pymodbus.transaction import %s as framer
              unit = {"slave": 8}
          client = ModbusTcpClient("127.0.0.1", port=%d, framer=framer)
          client.connect()
          print(client.read_input_registers(1, count=4, **unit).registers)
          print(client.write_register(0x4F10, 5, **unit).isError())
          """
              .formatted(type, framer, wired.simulator.port(0, transport));
      assertThat(run(python, "-c", program)).contains("[0, 1, 515, 1029]", "False");
      assertThat(wired.meter.displayPage()).isEqualTo(5);
    }
  }
}
