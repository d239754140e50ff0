package org.meterledger.simulators.dmed4;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/** Functions 03, 04, 06, 10 and 11 without what the transports put around them. */
final class ModbusFunctions {
  static final int READ_HOLDING = 0x03;
  static final int READ_INPUT = 0x04;
  static final int WRITE_SINGLE = 0x06;
  static final int WRITE_MULTIPLE = 0x10;
  static final int IDENTIFY = 0x11;

  private ModbusFunctions() {}

  static int function(byte[] request) {
    return request[0] & 0xFF;
  }

  static boolean isRead(byte[] request) {
    return function(request) == READ_HOLDING || function(request) == READ_INPUT;
  }

  /** How {@link Dmed4Device#faults()} names a request. */
  static String path(byte[] request) {
    String path = String.format(Locale.ROOT, "/modbus/%02X", function(request));
    return request.length < 3
        ? path
        : path + String.format(Locale.ROOT, "/%04X", word(request, 1) + 1);
  }

  /** The answer to a request, an exception when it is refused. */
  static byte[] answer(ModbusUnit unit, byte[] request) {
    try {
      return done(unit, request);
    } catch (Refusal refused) {
      return exception(request, refused.code());
    }
  }

  static byte[] exception(byte[] request, int code) {
    return new byte[] {(byte) (request[0] | 0x80), (byte) code};
  }

  private static byte[] done(ModbusUnit unit, byte[] request) {
    return switch (function(request)) {
      case READ_HOLDING, READ_INPUT -> {
        demandLength(request, 5);
        int count = word(request, 3);
        if (count < 1 || count > ModbusUnit.MOST_REGISTERS) {
          throw Refusal.value("Registers " + count);
        }
        yield counted(request, unit.read(word(request, 1) + 1, count));
      }
      case WRITE_SINGLE -> {
        demandLength(request, 5);
        unit.write(word(request, 1) + 1, Arrays.copyOfRange(request, 3, 5));
        yield request;
      }
      case WRITE_MULTIPLE -> {
        if (request.length < 6) {
          throw Refusal.value("Length");
        }
        int count = word(request, 3);
        if (count < 1
            || count > ModbusUnit.MOST_REGISTERS
            || (request[5] & 0xFF) != 2 * count
            || request.length != 6 + 2 * count) {
          throw Refusal.value("Registers " + count);
        }
        unit.write(word(request, 1) + 1, Arrays.copyOfRange(request, 6, request.length));
        yield Arrays.copyOf(request, 5);
      }
      case IDENTIFY -> {
        demandLength(request, 1);
        yield counted(request, unit.identification());
      }
      default -> throw Refusal.function(function(request));
    };
  }

  private static void demandLength(byte[] request, int length) {
    if (request.length != length) {
      throw Refusal.value("Length");
    }
  }

  private static byte[] counted(byte[] request, byte[] content) {
    return ByteBuffer.allocate(2 + content.length)
        .put(request[0])
        .put((byte) content.length)
        .put(content)
        .array();
  }

  private static int word(byte[] bytes, int place) {
    return (bytes[place] & 0xFF) << 8 | bytes[place + 1] & 0xFF;
  }
}
