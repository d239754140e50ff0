package org.meterledger.driver.modbus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.ModbusAddress;

/** Serial devices that socat makes. */
final class PseudoTerminal implements AutoCloseable {

  private static final String NEW = "pty,raw,echo=0";
  private static final Pattern MADE = Pattern.compile("PTY is (\\S+)");

  private final Process socat;
  private final List<String> devices;
  private final FileInputStream held;

  private PseudoTerminal(String peer, int count) {
    assumeTrue(Programs.runs("socat", "-V"), "socat is not installed");
    try {
      socat = new ProcessBuilder("socat", "-d", "-d", NEW, peer).redirectErrorStream(true).start();
      devices =
          socat
              .inputReader()
              .lines()
              .map(MADE::matcher)
              .filter(Matcher::find)
              .map(found -> found.group(1))
              .limit(count)
              .toList();
      // socat ends when nobody has the terminal open, but a line does not end with a connection
      held = new FileInputStream(devices.get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is written goes to a TCP server, and back. */
  static PseudoTerminal to(int port) {
    return new PseudoTerminal("tcp:127.0.0.1:%d,nodelay".formatted(port), 1);
  }

  /** Two that are wired to each other. */
  static PseudoTerminal pair() {
    return new PseudoTerminal(NEW, 2);
  }

  /** Its path, below {@code /dev}. */
  String device() {
    return devices.get(0);
  }

  /** The other one of a pair. */
  String other() {
    return devices.get(1);
  }

  Endpoint.Modbus endpoint(ModbusAddress.Transport transport, Duration timeout) {
    var line = new ModbusAddress.Line(device(), 115200, "8N1");
    return new Endpoint.Modbus(
        new ModbusAddress(transport, null, 0, line, TestDevice.UNIT), timeout);
  }

  @Override
  public void close() {
    try {
      held.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Programs.end(socat);
    }
  }
}
