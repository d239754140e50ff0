package org.meterledger.driver.modbus;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Consecutive registers as they were read, 16 bits each, and what they mean. Immutable. */
public final class Words {

  private final int address;
  private final byte[] bytes;

  private Words(int address, byte[] bytes) {
    this.address = address;
    this.bytes = bytes;
  }

  /**
   * @param address of the first register, on the wire
   * @param bytes two for each register, the high one first
   * @throws IllegalArgumentException when a byte is missing
   */
  public static Words of(int address, byte[] bytes) {
    if (bytes.length % 2 != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are no registers");
    }
    return new Words(address, bytes.clone());
  }

  /** Address of the first register, on the wire. */
  public int address() {
    return address;
  }

  public int count() {
    return bytes.length / 2;
  }

  /** Whether these registers are all there. */
  public boolean has(int first, int count) {
    return first >= address && count >= 0 && first + count <= address + count();
  }

  /**
   * One register without sign, 0 to 65535.
   *
   * @param at its address on the wire
   * @throws IndexOutOfBoundsException when it was not read
   */
  public int word(int at) {
    var from = offset(at, 1);
    return (bytes[from] & 0xff) << 8 | bytes[from + 1] & 0xff;
  }

  /**
   * A whole number of 1, 2 or 4 registers, the high one first.
   *
   * @throws IndexOutOfBoundsException when a register of it was not read
   */
  public BigInteger integer(int at, NumberType type) {
    var from = offset(at, type.words());
    return type.signed()
        ? new BigInteger(bytes, from, 2 * type.words())
        : new BigInteger(1, bytes, from, 2 * type.words());
  }

  /**
   * A number of 1, 2 or 4 registers times {@code scale}, whose decimals it keeps: raw 2300 with
   * scale 0.01 is 23.00.
   *
   * @throws IndexOutOfBoundsException when a register of it was not read
   */
  public BigDecimal decimal(int at, NumberType type, BigDecimal scale) {
    return new BigDecimal(integer(at, type)).multiply(scale);
  }

  /**
   * Registers as the bytes they hold.
   *
   * @throws IndexOutOfBoundsException when one of them was not read
   */
  public byte[] bytes(int at, int count) {
    var from = offset(at, count);
    return Arrays.copyOfRange(bytes, from, from + 2 * count);
  }

  /** All of them. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * ASCII up to the first NUL; a byte that is none becomes U+FFFD.
   *
   * @throws IndexOutOfBoundsException when a register of it was not read
   */
  public String text(int at, int count) {
    var text = new String(bytes(at, count), StandardCharsets.US_ASCII);
    var end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  private int offset(int at, int count) {
    if (!has(at, count)) {
      throw new IndexOutOfBoundsException(
          "Registers %d to %d of %d to %d"
              .formatted(at, at + count - 1, address, address + count() - 1));
    }
    return 2 * (at - address);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Words words
        && words.address == address
        && Arrays.equals(words.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return 31 * address + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return count() + " registers from " + address;
  }
}
