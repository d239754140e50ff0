package org.meterledger.simulators.dmed4;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The registers of a device under the manual's numbers, which are 1 more than the address in a
 * request. What is not defined here is refused.
 */
final class RegisterMap {
  /** Takes a piece of a block. */
  interface Writer {
    /**
     * @param word where it begins within the block
     * @param piece two bytes for each register
     */
    void write(int word, byte[] piece);
  }

  private record Block(int first, int words, Supplier<byte[]> reader, Writer writer) {
    int after() {
      return first + words;
    }
  }

  private final TreeMap<Integer, Block> blocks = new TreeMap<>();

  private void add(int first, int words, Supplier<byte[]> reader, Writer writer) {
    blocks.put(first, new Block(first, words, reader, writer));
  }

  /** One register that can be read. */
  RegisterMap word(int register, IntSupplier value) {
    add(register, 1, () -> bytes(value.getAsInt(), 1), null);
    return this;
  }

  /** One register that can be read and written. */
  RegisterMap word(int register, IntSupplier value, IntConsumer change) {
    add(register, 1, () -> bytes(value.getAsInt(), 1), one(change));
    return this;
  }

  /** One register that can only be written. */
  RegisterMap command(int register, IntConsumer change) {
    add(register, 1, null, one(change));
    return this;
  }

  /** A number in several registers, the high one first. */
  RegisterMap number(int register, int words, LongSupplier value) {
    add(register, words, () -> bytes(value.getAsLong(), words), null);
    return this;
  }

  /** A number in several registers that is written as a whole. */
  RegisterMap number(int register, int words, LongSupplier value, LongConsumer change) {
    add(
        register,
        words,
        () -> bytes(value.getAsLong(), words),
        (word, piece) -> {
          if (piece.length != 2 * words) {
            throw Refusal.value("Half a number");
          }
          change.accept(number(piece));
        });
    return this;
  }

  /** Bytes of any kind, with zeros behind them; what is too long is cut. */
  RegisterMap block(int register, int words, Supplier<byte[]> content) {
    add(register, words, () -> Arrays.copyOf(content.get(), 2 * words), null);
    return this;
  }

  /** Bytes of any kind that are written piece by piece. */
  RegisterMap block(int register, int words, Supplier<byte[]> content, Writer writer) {
    add(register, words, () -> Arrays.copyOf(content.get(), 2 * words), writer);
    return this;
  }

  private static Writer one(IntConsumer change) {
    return (word, piece) -> change.accept((int) number(piece));
  }

  private static byte[] bytes(long value, int words) {
    byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    return Arrays.copyOfRange(all, all.length - 2 * words, all.length);
  }

  private static long number(byte[] piece) {
    long number = 0;
    for (byte each : piece) {
      number = number << 8 | each & 0xFF;
    }
    return number;
  }

  /** The content of registers, two bytes each. */
  byte[] read(int first, int count) {
    byte[] read = new byte[2 * count];
    int register = first;
    while (register < first + count) {
      Block block = at(register);
      if (block.reader() == null) {
        throw Refusal.address(register);
      }
      int until = Math.min(block.after(), first + count);
      System.arraycopy(
          block.reader().get(),
          2 * (register - block.first()),
          read,
          2 * (register - first),
          2 * (until - register));
      register = until;
    }
    return read;
  }

  /** Writes registers, all or none of them unless a value is refused. */
  void write(int first, byte[] content) {
    int after = first + content.length / 2;
    for (int register = first; register < after; register = at(register).after()) {
      if (at(register).writer() == null) {
        throw Refusal.address(register);
      }
    }
    int register = first;
    while (register < after) {
      Block block = at(register);
      int until = Math.min(block.after(), after);
      block
          .writer()
          .write(
              register - block.first(),
              Arrays.copyOfRange(content, 2 * (register - first), 2 * (until - first)));
      register = until;
    }
  }

  private Block at(int register) {
    Map.Entry<Integer, Block> found = blocks.floorEntry(register);
    if (found == null || register >= found.getValue().after()) {
      throw Refusal.address(register);
    }
    return found.getValue();
  }
}
