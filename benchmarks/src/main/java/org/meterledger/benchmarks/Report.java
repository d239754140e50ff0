package org.meterledger.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints each figure twice: as a sentence, and as {@code name value unit ratio=...}. */
final class Report {

  /**
   * What was measured.
   *
   * @param ratio to the comparison of the same run; NaN for none
   * @param exponent by which cost grows with the work, 1 for as fast; NaN where not measured
   */
  record Figure(String name, double value, String unit, double ratio, double exponent) {

    Figure(String name, double value, String unit) {
      this(name, value, unit, Double.NaN, Double.NaN);
    }

    Figure(String name, double value, String unit, double ratio) {
      this(name, value, unit, ratio, Double.NaN);
    }

    @Override
    public String toString() {
      var line =
          new StringBuilder(name).append(' ').append(rounded(value)).append(' ').append(unit);
      if (!Double.isNaN(ratio)) {
        line.append(" ratio=").append(rounded(ratio));
      }
      if (!Double.isNaN(exponent)) {
        line.append(" exponent=").append(String.format(Locale.ROOT, "%.2f", exponent));
      }
      return line.toString();
    }

    private static String rounded(double number) {
      return String.format(Locale.ROOT, Math.abs(number) >= 100 ? "%.0f" : "%.3g", number);
    }
  }

  private final PrintStream out;
  private final List<Figure> figures = new ArrayList<>();

  Report(PrintStream out) {
    this.out = out;
  }

  /** A line for people alone. */
  void say(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }

  void figure(Figure figure, String sentence, Object... arguments) {
    say(sentence, arguments);
    out.println(figure);
    figures.add(figure);
  }

  List<Figure> figures() {
    return List.copyOf(figures);
  }
}
