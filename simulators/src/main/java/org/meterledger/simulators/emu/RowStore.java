package org.meterledger.simulators.emu;

import java.util.Arrays;

/** All recorded rows in one growing array: 112 bytes a row, the other columns are recomputed. */
final class RowStore {
  static final int FROM = 0;
  static final int TO = 1;
  static final int STAMP = 2;
  static final int INDEX = 3;
  static final int GENERATION = 4;
  static final int STATUS = 5;
  static final int ENERGY = 6;
  static final int ENERGIES = 8;
  private static final int STRIDE = ENERGY + ENERGIES;

  private final int capacity;
  private long[] cells = new long[STRIDE * 128];
  private int size;
  private int generationStart;

  RowStore(int capacity) {
    this.capacity = capacity;
  }

  /** Adds an empty row and returns its position. */
  int add() {
    if ((size + 1) * STRIDE > cells.length) {
      cells = Arrays.copyOf(cells, cells.length / STRIDE * 3 / 2 * STRIDE + STRIDE);
    }
    return size++;
  }

  int size() {
    return size;
  }

  /** Position of the oldest row that the ring buffer still holds; {@link #size()} for none. */
  int firstHeld() {
    return Math.max(generationStart, size - capacity);
  }

  /** Forgets, for readers, all rows so far. */
  void clear() {
    generationStart = size;
  }

  /** Position of an index among the held rows, outside of them when it is not held. */
  long position(long index) {
    int first = firstHeld();
    return first == size ? -1 : first + index - get(first, INDEX);
  }

  long get(int position, int cell) {
    return cells[position * STRIDE + cell];
  }

  void set(int position, int cell, long value) {
    cells[position * STRIDE + cell] = value;
  }
}
