package org.meterledger.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
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

class DeviceConnectionTest {

  /** Enough for a slow machine, where nothing waits for its end. */
  private static final Duration LONG = Duration.ofSeconds(10);

  /** Where the end of it is waited for. */
  private static final Duration SHORT = Duration.ofMillis(100);

  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

  private final ModbusTransport transport = new ModbusTransport(Clock.fixed(NOW, ZoneOffset.UTC));
  private TestDevice device;
  private ModbusConnection connection;

  private void connect(Transport kind, Duration timeout) {
    device = new TestDevice(kind);
    connection = transport.open(device.endpoint(timeout));
  }

  @AfterEach
  void close() {
    if (connection != null) {
      connection.close();
    }
    if (device != null) {
      device.close();
    }
  }

  private static Words good(ReadResult<Words> read) {
    assertThat(read).isInstanceOf(ReadResult.Complete.class);
    return ((ReadResult.Complete<Words>) read).value();
  }

  private static Fault fault(ReadResult<?> read) {
    assertThat(read).isInstanceOf(ReadResult.Failed.class);
    return ((ReadResult.Failed<?>) read).fault();
  }

  private void readsWell() {
    var words = good(connection.readInput(100, 120));
    assertThat(words.count()).isEqualTo(120);
    for (var at = 100; at < 220; at++) {
      assertThat(words.word(at)).isEqualTo(TestDevice.value(at));
    }
  }

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

  /** What a device may do wrong, each against the next read over a new connection. */
  private enum Wrong {
    TRANSACTION(Kind.PROTOCOL, "answers transaction"),
    UNIT(Kind.PROTOCOL, "lets unit 9 answer for unit 8"),
    FUNCTION(Kind.PROTOCOL, "answers with function 03 to function 04"),
    NO_FUNCTION(Kind.PROTOCOL, "answers with function"),
    LESS(Kind.PROTOCOL, "answers with 240 bytes where 242 were due"),
    CHECKSUM(Kind.PROTOCOL, "sends an answer with a wrong"),
    CLOSED(Kind.PROTOCOL, "closed the connection"),
    HALF_AND_CLOSED(Kind.PROTOCOL, "closed the connection"),
    HALF(Kind.TIMEOUT, "gave no complete answer within 100 ms"),
    NOTHING(Kind.TIMEOUT, "gave no complete answer within 100 ms"),
    NOISE(Kind.PROTOCOL, "");

    private final Kind kind;
    private final String words;

    Wrong(Kind kind, String words) {
      this.kind = kind;
      this.words = words;
    }

    boolean possible(Transport transport) {
      return this == TRANSACTION
          ? transport == Transport.MODBUS_TCP
          : this != CHECKSUM || transport != Transport.MODBUS_TCP;
    }

    Duration timeout() {
      return kind == Kind.TIMEOUT ? SHORT : LONG;
    }

    void answer(TestDevice.Exchange exchange) throws IOException {
      var reply = exchange.reply().clone();
      var number = exchange.transaction();
      var unit = exchange.unit();
      switch (this) {
        case TRANSACTION -> exchange.send(exchange.frame(number + 1 & 0xffff, unit, reply));
        case UNIT -> exchange.send(exchange.frame(number, 9, reply));
        case FUNCTION -> {
          reply[0] = (byte) (exchange.function() == 4 ? 3 : 0x10);
          exchange.send(exchange.frame(number, unit, reply));
        }
        case NO_FUNCTION -> {
          reply[0] = 0x2b;
          exchange.send(exchange.frame(number, unit, reply));
        }
        case LESS -> {
          reply[1] -= 2;
          exchange.send(exchange.frame(number, unit, Arrays.copyOf(reply, reply.length - 2)));
        }
        case CHECKSUM -> exchange.send(exchange.damaged());
        case CLOSED -> exchange.socket().close();
        case HALF_AND_CLOSED -> {
          exchange.send(Arrays.copyOf(exchange.frame(), 20));
          exchange.socket().close();
        }
        case HALF -> exchange.send(Arrays.copyOf(exchange.frame(), 20));
        case NOISE -> {
          var noise = new byte[2000];
          Arrays.fill(noise, (byte) 0x55);
          exchange.send(noise);
        }
        default -> {}
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wrong.class)
  void aWrongAnswerIsNoneAndTheConnectionIsGivenUp(Wrong wrong) {
    for (var kind : Transport.values()) {
      if (kind.serial() || !wrong.possible(kind)) {
        continue;
      }
      connect(kind, wrong.timeout());
      device.follow(
          exchange -> {
            if (exchange.function() == 4) {
              wrong.answer(exchange);
            } else {
              exchange.good();
            }
          });

      var fault = fault(connection.readInput(100, 120));
      assertThat(fault.kind()).as(kind + ": " + fault).isEqualTo(wrong.kind);
      assertThat(fault.detail()).startsWith(connection.address()).contains(wrong.words);
      assertThat(device.connections()).as("tried once more").isEqualTo(2);
      device.follow(TestDevice.Exchange::good);
      readsWell();
      assertThat(device.connections()).isEqualTo(3);
      close();
    }
  }

  @ParameterizedTest
  @EnumSource(Wrong.class)
  void aWriteIsNotRepeated(Wrong wrong) {
    for (var kind : Transport.values()) {
      if (kind.serial() || !wrong.possible(kind) || wrong == Wrong.LESS) {
        continue;
      }
      connect(kind, wrong.timeout());
      device.follow(
          exchange -> {
            if (exchange.number() == 1) {
              wrong.answer(exchange);
            } else {
              exchange.good();
            }
          });
      if (wrong == Wrong.HALF || wrong == Wrong.HALF_AND_CLOSED) {
        device.follow(
            exchange -> {
              exchange.send(Arrays.copyOf(exchange.frame(), 5));
              if (wrong == Wrong.HALF_AND_CLOSED) {
                exchange.socket().close();
              }
            });
      }

      var result = connection.writeSingle(5, 6);
      assertThat(result).as(kind.name()).isInstanceOf(CommandResult.Unconfirmed.class);
      assertThat(((CommandResult.Unconfirmed) result).fault().kind()).isEqualTo(wrong.kind);
      assertThat(device.requests()).hasSize(1);
      close();
    }
  }

  @ParameterizedTest
  @CsvSource({"06 00 05 00 07, value 7 and not 6", "06 00 04 00 06, address 4 and not 5"})
  void aWriteIsDoneWhenTheDeviceRepeatsIt(String echo, String words) {
    connect(Transport.MODBUS_TCP, LONG);
    var pdu = HexFormat.ofDelimiter(" ").parseHex(echo);
    device.follow(
        exchange -> exchange.send(exchange.frame(exchange.transaction(), exchange.unit(), pdu)));

    assertThat(connection.writeSingle(5, 6))
        .isInstanceOfSatisfying(
            CommandResult.Unconfirmed.class,
            unconfirmed -> assertThat(unconfirmed.fault().detail()).contains(words));
  }

  /**
   * A timed-out request is answered while the next one waits. It happened with the library's own
   * transports: each request got the answer to the one before, for ever.
   */
  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = ".*_TCP")
  void aLateAnswerIsNotTakenForAnother(Transport kind) throws InterruptedException {
    connect(kind, SHORT);
    var late = new CountDownLatch(1);
    device.follow(
        exchange -> {
          if (exchange.number() <= 2) {
            late.await();
          }
          exchange.good();
        });

    assertThat(fault(connection.readInput(1, 1)).kind()).isEqualTo(Kind.TIMEOUT);
    late.countDown();
    ReadResult<Words> next;
    do {
      next = connection.readInput(2, 1); // a slow machine may need more than one
    } while (!(next instanceof ReadResult.Complete));
    assertThat(good(next).word(2)).isEqualTo(TestDevice.value(2));
  }

  /** A serial server keeps the line, whoever is connected with it. */
  @Test
  void aLateAnswerOfTheLineBehindAServerIsNotTakenForAnother() {
    connect(Transport.MODBUS_RTU_TCP, LONG);
    var owed = new AtomicReference<byte[]>();
    device.follow(
        exchange -> {
          if (exchange.number() == 1) {
            owed.set(exchange.frame());
            exchange.socket().close();
            return;
          }
          var before = owed.getAndSet(null);
          if (before != null) {
            exchange.send(before);
          }
          exchange.good();
        });

    assertThat(good(connection.readInput(1, 1)).word(1)).isEqualTo(TestDevice.value(1));
    assertThat(device.requests().get(1)).startsWith("0811");
    assertThat(device.requests()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = ".*_TCP")
  void anAnswerThatCameTwiceIsTakenOnce(Transport kind) {
    connect(kind, LONG);
    device.follow(
        exchange -> {
          var frame = exchange.frame();
          var twice = Arrays.copyOf(frame, 2 * frame.length);
          System.arraycopy(frame, 0, twice, frame.length, frame.length);
          exchange.send(exchange.number() == 1 ? twice : frame);
        });

    assertThat(good(connection.readInput(1, 1)).word(1)).isEqualTo(TestDevice.value(1));
    assertThat(good(connection.readInput(2, 1)).word(2)).isEqualTo(TestDevice.value(2));
    assertThat(device.connections()).isEqualTo(2);
  }

  /** A device that does not know function 11 (hexadecimal) is listened to instead. */
  @Test
  void oneThatReportsNothingIsWaitedFor() {
    connect(Transport.MODBUS_RTU_TCP, SHORT);
    device.follow(
        exchange -> {
          if (exchange.number() > 1 && exchange.function() != 0x11) {
            exchange.good();
          }
        });

    assertThat(good(connection.readInput(1, 1)).word(1)).isEqualTo(TestDevice.value(1));
    assertThat(device.requests()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = ".*_TCP")
  void aDripIsNoAnswer(Transport kind) {
    connect(kind, SHORT);
    device.follow(
        exchange -> {
          for (byte each : exchange.frame()) {
            exchange.send(new byte[] {each});
            Thread.sleep(10); // each byte comes in time, the whole does not
          }
        });

    assertThat(fault(connection.readInput(100, 120)).kind()).isEqualTo(Kind.TIMEOUT);
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
