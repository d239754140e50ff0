package org.meterledger.driver.modbus;

import java.io.Closeable;
import java.io.IOException;

/** Bytes to and from a device. Times are those of {@link System#nanoTime()}. */
interface Wire extends Closeable {

  void write(byte[] bytes) throws IOException;

  /**
   * Waits for bytes.
   *
   * @return how many were read, at least one
   * @throws java.net.SocketTimeoutException when none came before the deadline
   * @throws java.io.EOFException when the other side hung up
   */
  int read(byte[] into, int from, int most, long deadline) throws IOException;

  /** Bytes that were read so far. */
  long heard();

  /** Whether bytes came that nobody asked for, or the other side hung up meanwhile. */
  boolean disturbed() throws IOException;

  /** How long so many bytes are on their way, for the speed of the line. */
  long nanosFor(int bytes);

  /** Fills the array. */
  default void readFully(byte[] into, int from, int count, long deadline) throws IOException {
    var got = 0;
    while (got < count) {
      got += read(into, from + got, count - got, deadline);
    }
  }
}
