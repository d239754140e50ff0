package org.meterledger.simulators.emu;

import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/** Which positions of a log {@code last}, {@code from} and {@code to} ask for, in which order. */
record Selection(int start, int count, int step) {
  /** A parameter that is no number, or below 1. */
  static final class BadParameter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadParameter(String name) {
      super("Parameter " + name + " is a number from 1");
    }
  }

  /**
   * Reads a query. Without parameters it is the newest entries, descending; {@code from} alone goes
   * up to the newest, {@code to} alone begins at the oldest (the manual names only both together).
   *
   * @param first position of the oldest entry held
   * @param end position after the newest
   * @param positionOf position of an index, outside of {@code [first, end)} when it is not held
   * @param limit most entries of one answer
   */
  static Selection of(
      Map<String, List<String>> query,
      int first,
      int end,
      LongUnaryOperator positionOf,
      int limit) {
    if (first >= end) {
      number(query, "last", 1);
      return new Selection(0, 0, 1);
    }
    if (!query.containsKey("from") && !query.containsKey("to")) {
      long wanted = Math.min(number(query, "last", limit), limit);
      return new Selection(end - 1, (int) Math.min(wanted, end - first), -1);
    }
    long from = position(query, "from", positionOf, first);
    long to = position(query, "to", positionOf, end - 1);
    long low = Math.max(Math.min(from, to), first);
    long high = Math.min(Math.max(from, to), end - 1);
    int count = (int) Math.min(Math.max(high - low + 1, 0), limit);
    return from <= to ? new Selection((int) low, count, 1) : new Selection((int) high, count, -1);
  }

  int[] positions() {
    return IntStream.range(0, count).map(i -> start + i * step).toArray();
  }

  private static long position(
      Map<String, List<String>> query, String name, LongUnaryOperator positionOf, long otherwise) {
    return query.containsKey(name) ? positionOf.applyAsLong(number(query, name, 1)) : otherwise;
  }

  private static long number(Map<String, List<String>> query, String name, long otherwise) {
    List<String> values = query.get(name);
    if (values == null) {
      return otherwise;
    }
    String value = values.get(0);
    if (!value.matches("[0-9]{1,10}") || Long.parseLong(value) < 1) {
      throw new BadParameter(name);
    }
    return Long.parseLong(value);
  }
}
