package org.meterledger.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.ModbusAddress.Transport;
import org.meterledger.driver.ReadResult;

/**
 * 10 000 reads of a device that answers late, twice, for others, damaged, in part or not at all.
 * What counts is that no read ever gets a value that is not its own; how many get one depends on
 * the machine.
 */
class LateAnswersTest {

  private static final int COUNT = 4;

  /** Shorter than what a device may take, on purpose. */
  private static final Duration SHORT = Duration.ofMillis(20);

  private static final Duration LONG = Duration.ofSeconds(10);

  private final ModbusTransport transport = new ModbusTransport(Clock.systemUTC());

  @ParameterizedTest
  @CsvSource({"MODBUS_TCP, 3000", "MODBUS_RTU_TCP, 2500", "MODBUS_ASCII_TCP, 2500"})
  void noValueIsWrongOverTcp(Transport kind, int reads) {
    var seed = kind.ordinal();
    try (var device = new TestDevice(kind)) {
      check(device, device.endpoint(SHORT), device.endpoint(LONG), true, seed, reads);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MODBUS_RTU_SERIAL, MODBUS_RTU_TCP, 1000",
    "MODBUS_ASCII_SERIAL, MODBUS_ASCII_TCP, 1000"
  })
  void noValueIsWrongOverSerialLines(Transport kind, Transport behind, int reads) {
    try (var device = new TestDevice(behind);
        var line = PseudoTerminal.to(device.port())) {
      check(
          device,
          line.endpoint(kind, SHORT),
          line.endpoint(kind, LONG),
          false,
          kind.ordinal(),
          reads);
    }
  }

  /**
   * @param ownConnections whether the device sees a new connection when one was given up
   */
  private void check(
      TestDevice device,
      Endpoint.Modbus hasty,
      Endpoint.Modbus patient,
      boolean ownConnections,
      int seed,
      int reads) {
    var numbered = hasty.address().transport() == Transport.MODBUS_TCP;
    var mischief = new Mischief(seed, numbered, ownConnections);
    var random = new Random(~seed);
    var right = new AtomicInteger();
    try (var connection = transport.open(hasty)) {
      while (!(connection.reportSlaveId() instanceof ReadResult.Complete)) {
        // as a driver begins; a slow machine may need more than one
      }
      device.follow(mischief);
      for (var read = 0; read < reads; read++) {
        var address = random.nextInt(TestDevice.REGISTERS - COUNT);
        if (connection.readInput(address, COUNT) instanceof ReadResult.Complete<Words> complete) {
          assertRight(complete.value(), address, seed, read);
          right.incrementAndGet();
        }
      }
    }
    assertThat(mischief.done.get()).as("faults").isPositive();
    assertThat(right.get()).as("answers").isPositive();
    device.follow(TestDevice.Exchange::good);
    try (var connection = transport.open(patient)) {
      ReadResult<Words> after;
      do {
        after = connection.readInput(1, COUNT);
      } while (!(after instanceof ReadResult.Complete)); // the last late answer is still to come
      for (var read = 0; read < 50; read++) {
        var address = random.nextInt(TestDevice.REGISTERS - COUNT);
        assertThat(connection.readInput(address, COUNT))
            .isInstanceOfSatisfying(
                ReadResult.Complete.class,
                complete -> assertRight((Words) complete.value(), address, seed, -1));
      }
    }
  }

  private static void assertRight(Words words, int address, int seed, int read) {
    for (var at = address; at < address + COUNT; at++) {
      if (words.word(at) != TestDevice.value(at)) {
        assertThat(words.word(at))
            .as("register %d with seed %d, read %d", at, seed, read)
            .isEqualTo(TestDevice.value(at));
      }
    }
  }

  /** One answer in twenty is not as it should be. */
  private static final class Mischief implements TestDevice.Script {

    private final AtomicInteger done = new AtomicInteger();
    private final Random random;
    private final boolean numbered;
    private final boolean ownConnections;

    Mischief(int seed, boolean numbered, boolean ownConnections) {
      this.random = new Random(seed);
      this.numbered = numbered;
      this.ownConnections = ownConnections;
    }

    private synchronized int dice(int sides) {
      return random.nextInt(sides);
    }

    @Override
    public void answer(TestDevice.Exchange exchange) throws IOException, InterruptedException {
      var number = exchange.transaction();
      var unit = exchange.unit();
      var reply = exchange.reply().clone();
      var die = dice(1000);
      if (die < 50) {
        done.incrementAndGet();
      }
      if (die < 6) {
        Thread.sleep(SHORT.toMillis() + dice((int) SHORT.toMillis()));
        exchange.good();
      } else if (die < 9) {
        exchange.send(Arrays.copyOf(exchange.frame(), dice(exchange.frame().length)));
      } else if (die < 11) {
        return;
      } else if (die < 18) {
        exchange.send(exchange.frame(number, unit + 1, reply));
      } else if (die < 25) {
        exchange.send(numbered ? exchange.frame(number - 1, unit, reply) : exchange.damaged());
      } else if (die < 32) {
        reply[0] = (byte) (reply[0] == 4 ? 3 : 4);
        exchange.send(exchange.frame(number, unit, reply));
      } else if (die < 39) {
        reply[1] -= 2;
        exchange.send(exchange.frame(number, unit, Arrays.copyOf(reply, reply.length - 2)));
      } else if (die < 44 && ownConnections) {
        exchange.socket().close();
      } else if (die < 50) {
        exchange.send(exchange.frame(number, unit, new byte[] {(byte) (reply[0] | 0x80), 6}));
      } else {
        exchange.good();
      }
    }
  }
}
