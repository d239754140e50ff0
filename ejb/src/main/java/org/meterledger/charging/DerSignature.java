package org.meterledger.charging;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The two numbers of an ECDSA signature in DER. Both are read as unsigned: some meters leave out
 * the zero byte before a number whose first bit is set, which a strict reader takes for a negative
 * one.
 */
record DerSignature(BigInteger r, BigInteger s) {

  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int LONG_LENGTH = 0x81;

  /** Empty where the bytes are not one SEQUENCE of two INTEGER and nothing behind it. */
  static Optional<DerSignature> of(byte[] der) {
    try {
      var reader = new Reader(der);
      int end = reader.start(SEQUENCE);
      var r = reader.number();
      var s = reader.number();
      return end == der.length && reader.at == end
          ? Optional.of(new DerSignature(r, s))
          : Optional.empty();
    } catch (ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static final class Reader {

    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    private int next() {
      return bytes[at++] & 0xFF;
    }

    /** Takes tag and length; gives where the content ends. */
    int start(int tag) {
      int found = next();
      int length = next();
      if (length == LONG_LENGTH) {
        length = next();
      } else if (length > LONG_LENGTH || length == 0x80) {
        throw new ArrayIndexOutOfBoundsException("Longer than any signature");
      }
      if (found != tag || length == 0 || at + length > bytes.length) {
        throw new ArrayIndexOutOfBoundsException("Not such an element");
      }
      return at + length;
    }

    BigInteger number() {
      int end = start(INTEGER);
      var number = new BigInteger(1, bytes, at, end - at);
      at = end;
      return number;
    }
  }
}
