package org.meterledger.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ModbusAddress.Transport;
import org.meterledger.driver.ReadResult;

/** What is no answer, or none to what was asked, is never taken for one. */
class WrongAnswersTest extends ConnectedDevice {

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
}
