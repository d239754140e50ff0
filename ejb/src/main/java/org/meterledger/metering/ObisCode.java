package org.meterledger.metering;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * An OBIS code A-B:C.D.E*F (IEC 62056-6-1).
 *
 * @param a medium, 0..255; 1 is electricity
 * @param b channel, 0..255; 128 and above belong to the maker
 * @param c quantity, 0..255, for example 1 = active power import
 * @param d processing, 0..255, for example 7 = instantaneous, 8 = time integral
 * @param e rate, 0..255; 0 is the total
 * @param f billing period, 0..255; 255 is the current value
 */
public record ObisCode(int a, int b, int c, int d, int e, int f) implements Comparable<ObisCode> {

  private static final Pattern TEXT =
      Pattern.compile(
          "(\\d{1,3})-(\\d{1,3}):(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:\\*(\\d{1,3}))?");

  private static final Comparator<ObisCode> ORDER =
      Comparator.comparingInt(ObisCode::a)
          .thenComparingInt(ObisCode::b)
          .thenComparingInt(ObisCode::c)
          .thenComparingInt(ObisCode::d)
          .thenComparingInt(ObisCode::e)
          .thenComparingInt(ObisCode::f);

  private static final int CURRENT_VALUE = 255;
  private static final int TIME_INTEGRAL = 8;

  /**
   * @throws IllegalArgumentException when a value group lies outside 0..255
   */
  public ObisCode {
    for (int group : new int[] {a, b, c, d, e, f}) {
      if (group < 0 || group > 255) {
        throw new IllegalArgumentException("OBIS value group out of 0..255: " + group);
      }
    }
  }

  /**
   * Reads {@code A-B:C.D.E} or {@code A-B:C.D.E*F}; without F the current value is meant.
   *
   * @throws IllegalArgumentException when the text is not an OBIS code
   */
  public static ObisCode of(String text) {
    var m = TEXT.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("Not an OBIS code: " + text);
    }
    return new ObisCode(
        Integer.parseInt(m.group(1)),
        Integer.parseInt(m.group(2)),
        Integer.parseInt(m.group(3)),
        Integer.parseInt(m.group(4)),
        Integer.parseInt(m.group(5)),
        m.group(6) == null ? CURRENT_VALUE : Integer.parseInt(m.group(6)));
  }

  /** The same quantity, {@code periods} billing periods back (value group F), 0..254. */
  public ObisCode billingPeriod(int periods) {
    return new ObisCode(a, b, c, d, e, periods);
  }

  /** Whether this is a register that only counts up (value group D = 8, time integral 1). */
  public boolean cumulative() {
    return a == 1 && d == TIME_INTEGRAL;
  }

  /** {@code A-B:C.D.E} without value group F, as people write a current value. */
  public String shortText() {
    return a + "-" + b + ":" + c + "." + d + "." + e + (f == CURRENT_VALUE ? "" : "*" + f);
  }

  @Override
  public int compareTo(ObisCode other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return a + "-" + b + ":" + c + "." + d + "." + e + "*" + f;
  }
}
