package org.meterledger.archive;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The binary format of PostgreSQL's COPY (PostgreSQL 17 manual, COPY, "Binary Format"), as far as
 * the archive needs it.
 */
final class BinaryCopy {

  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

  /** Seconds from 1970-01-01 to 2000-01-01, where PostgreSQL's time begins. */
  private static final long EPOCH_2000 = 946_684_800L;

  private static final int INT8_OID = 20;

  private BinaryCopy() {}

  static long micros(Instant at) {
    return Math.addExact(
        Math.multiplyExact(at.getEpochSecond() - EPOCH_2000, 1_000_000L), at.getNano() / 1_000);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        EPOCH_2000 + Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }

  /** Writes tuples into a buffer that is handed on whenever it is nearly full. */
  static final class Writer {

    private static final int LARGEST_FIELD = 4 + 20 + 64 * 12;

    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

    Writer(OutputStream out) {
      this.out = out;
      buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    Writer tuple(int fields) throws IOException {
      flushIfNearlyFull();
      buffer.putShort((short) fields);
      return this;
    }

    Writer int2(int value) throws IOException {
      flushIfNearlyFull();
      buffer.putInt(2).putShort((short) value);
      return this;
    }

    Writer int4(int value) throws IOException {
      flushIfNearlyFull();
      buffer.putInt(4).putInt(value);
      return this;
    }

    Writer int8(long value) throws IOException {
      flushIfNearlyFull();
      buffer.putInt(8).putLong(value);
      return this;
    }

    Writer timestamp(Instant at) throws IOException {
      return int8(micros(at));
    }

    /** A one-dimensional bigint[]; a value without its bit in {@code present} is NULL. */
    Writer int8Array(long[] values, long present) throws IOException {
      flushIfNearlyFull();
      int given = Long.bitCount(present);
      buffer.putInt(20 + values.length * 4 + given * 8);
      buffer.putInt(1).putInt(given == values.length ? 0 : 1).putInt(INT8_OID);
      buffer.putInt(values.length).putInt(1);
      for (int i = 0; i < values.length; i++) {
        if ((present >>> i & 1) != 0) {
          buffer.putInt(8).putLong(values[i]);
        } else {
          buffer.putInt(-1);
        }
      }
      return this;
    }

    void finish() throws IOException {
      flushIfNearlyFull();
      buffer.putShort((short) -1);
      flush();
    }

    private void flushIfNearlyFull() throws IOException {
      if (buffer.remaining() < LARGEST_FIELD) {
        flush();
      }
    }

    private void flush() throws IOException {
      out.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
  }

  /** Reads tuples of fixed-width fields one after the other. */
  static final class Reader {

    private final DataInputStream in;
    private boolean missing;

    Reader(InputStream in) throws IOException {
      this.in = new DataInputStream(in);
      byte[] signature = this.in.readNBytes(SIGNATURE.length);
      if (signature.length < SIGNATURE.length) {
        throw new EOFException("COPY ended before its header");
      }
      this.in.readInt();
      this.in.skipNBytes(this.in.readInt());
    }

    /** Whether another tuple follows. */
    boolean next() throws IOException {
      return in.readShort() >= 0;
    }

    /** An int2, int4, int8 or timestamptz; 0 with {@link #missing()} set for NULL. */
    long number() throws IOException {
      int length = in.readInt();
      missing = length < 0;
      switch (length) {
        case -1:
          return 0;
        case 2:
          return in.readShort();
        case 4:
          return in.readInt();
        case 8:
          return in.readLong();
        default:
          throw new IOException("Unexpected field of " + length + " bytes in COPY");
      }
    }

    boolean missing() {
      return missing;
    }
  }
}
