package org.meterledger.simulators.dmed4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

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

  @Test
  void pymodbus() throws Exception {
    assumeTrue(answers("python3", "-c", "import pymodbus"), "pymodbus is not installed");
    try (Dmed4Wired wired = new Dmed4Wired(Dmed4Wired.settings().energies(ENERGY, 0))) {
      for (String[] way :
          new String[][] {
            {"MODBUS_TCP", "ModbusSocketFramer", "transaction"},
            {"MODBUS_RTU", "ModbusRtuFramer", "transaction"},
            {"MODBUS_ASCII", "ModbusAsciiFramer", "transaction"}
          }) {
        int port = wired.simulator.port(0, Transport.valueOf(way[0]));
        String program =
            "from pymodbus.client import ModbusTcpClient\n"
                + ("from pymodbus." + way[2] + " import " + way[1] + "\n")
                + ("c = ModbusTcpClient('127.0.0.1', port=" + port + ", framer=" + way[1] + ")\n")
                + "c.connect()\n"
                + "print(c.read_input_registers(1, 4, slave=8).registers)\n";
        assertThat(run("python3", "-c", program)).contains("[0, 1, 515, 1029]");
      }
    }
  }
}
