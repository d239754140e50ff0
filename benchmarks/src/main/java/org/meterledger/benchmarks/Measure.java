package org.meterledger.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Arithmetic on measured times. */
final class Measure {

  private static final double NANOS = 1e9;

  private Measure() {}

  /** Work that is timed. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / NANOS;
  }

  static double median(List<Double> values) {
    return quantile(values, 0.5);
  }

  /** The value that the given part of all does not exceed. */
  static double quantile(List<Double> values, double part) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
  }

  /** e where cost grows as work^e. */
  static double exponent(double work, double cost, double moreWork, double moreCost) {
    return Math.log(moreCost / cost) / Math.log(moreWork / work);
  }
}
