package org.meterledger.driver.dmed4;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.modbus.ModbusConnection;
import org.meterledger.driver.modbus.RegisterRange;
import org.meterledger.driver.modbus.Words;

/** Registers by their names in addresses.csv. */
final class ModbusBlocks {

  private static final int WORD = 16;
  private static final int LOW = 0xffff;

  private final ModbusConnection connection;
  private final Dmed4Tables tables;

  ModbusBlocks(ModbusConnection connection, Dmed4Tables tables) {
    this.connection = connection;
    this.tables = tables;
  }

  String address() {
    return connection.address();
  }

  private <T> ReadResult<T> read(RegisterRange range, Function<Words, T> value) {
    return Results.map(connection.readInput(range.address(), range.count()), value);
  }

  ReadResult<Long> number(String name) {
    var at = tables.address(name);
    return read(at.range(), words -> at.number(words).longValueExact());
  }

  /** Numbers that lie side by side, read at once. */
  ReadResult<List<Long>> numbers(String... names) {
    var all = Stream.of(names).map(tables::address).toList();
    var first = all.get(0).range();
    var range = new RegisterRange(first.address(), last(all).end() - first.address());
    return read(range, words -> all.stream().map(at -> at.number(words).longValueExact()).toList());
  }

  private static RegisterRange last(List<Address> all) {
    return all.get(all.size() - 1).range();
  }

  ReadResult<byte[]> bytes(String name) {
    return bytes(name, 2 * tables.address(name).range().count());
  }

  /** The first bytes of a block, in as many reads as it takes. */
  ReadResult<byte[]> bytes(String name, int count) {
    var range = tables.address(name).range();
    var bytes = new byte[2 * range.count()];
    for (int at = 0; at < (count + 1) / 2; at += ModbusMeter.MOST) {
      var words = Math.min(ModbusMeter.MOST, (count + 1) / 2 - at);
      var read = connection.readInput(range.address() + at, words);
      if (Results.value(read) == null) {
        return new ReadResult.Failed<>(Results.fault(read));
      }
      System.arraycopy(Results.value(read).bytes(), 0, bytes, 2 * at, 2 * words);
    }
    return ReadResult.complete(Arrays.copyOf(bytes, count));
  }

  ReadResult<String> hex(String name) {
    return Results.map(bytes(name), HexFormat.of()::formatHex);
  }

  /** The value of the parameter that was selected. */
  ReadResult<Long> parameter(int words) {
    var at = tables.address("parameterValue").wire();
    return read(
        new RegisterRange(at, words),
        found -> {
          var value = 0L;
          for (int i = 0; i < words; i++) {
            value = value << WORD | found.word(at + i);
          }
          return value;
        });
  }

  CommandResult writeParameter(long value, int words) {
    return write(tables.address("parameterValue").wire(), value, words);
  }

  CommandResult write(String name, long value) {
    var range = tables.address(name).range();
    return write(range.address(), value, range.count());
  }

  /** One register by function 06, two by function 10. */
  private CommandResult write(int address, long value, int words) {
    return words == 1
        ? connection.writeSingle(address, (int) value & LOW)
        : connection.writeMultiple(address, (int) (value >> WORD) & LOW, (int) value & LOW);
  }

  /** Text that fills its block, with zeros behind. */
  CommandResult writeText(String name, String text) {
    var size = 2 * tables.address(name).range().count();
    return writeBytes(name, Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), size));
  }

  /** From the beginning of a block on, in as many writes as it takes. */
  CommandResult writeBytes(String name, byte[] bytes) {
    var start = tables.address(name).wire();
    var words = words(bytes);
    CommandResult last = null;
    for (int at = 0; at < words.length; at += ModbusMeter.MOST) {
      var piece = Arrays.copyOfRange(words, at, Math.min(words.length, at + ModbusMeter.MOST));
      last = connection.writeMultiple(start + at, piece);
      if (Results.fault(last) != null) {
        return last;
      }
    }
    return last;
  }

  private static int[] words(byte[] bytes) {
    var words = new int[(bytes.length + 1) / 2];
    for (int i = 0; i < bytes.length; i++) {
      words[i / 2] |= (bytes[i] & 0xff) << (i % 2 == 0 ? Byte.SIZE : 0);
    }
    return words;
  }
}
