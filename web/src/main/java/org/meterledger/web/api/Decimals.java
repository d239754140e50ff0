package org.meterledger.web.api;

import java.math.BigDecimal;

/** Scaled whole numbers as decimal numbers. */
public final class Decimals {

  private Decimals() {}

  /** Appends raw x 10^scaler in plain digits with all decimals that the scaler gives. */
  public static StringBuilder append(StringBuilder to, long raw, int scaler) {
    if (scaler == 0) {
      return to.append(raw);
    }
    if (raw == Long.MIN_VALUE) {
      return to.append(of(raw, scaler).toPlainString());
    }
    if (scaler > 0) {
      return to.append(raw).append("0".repeat(raw == 0 ? 0 : scaler));
    }
    if (raw < 0) {
      to.append('-');
    }
    String digits = Long.toString(Math.abs(raw));
    int whole = digits.length() + scaler;
    if (whole <= 0) {
      return to.append("0.").append("0".repeat(-whole)).append(digits);
    }
    return to.append(digits, 0, whole).append('.').append(digits, whole, digits.length());
  }

  /** The same as a number without exponent. */
  public static BigDecimal of(long raw, int scaler) {
    var value = BigDecimal.valueOf(raw, -scaler);
    return scaler > 0 ? value.setScale(0) : value;
  }
}
