package org.meterledger.driver.g13;

import java.util.Locale;

/** How often a meter closes its stored values. */
public enum Period {
  DAILY(java.time.Period.ofDays(1)),
  WEEKLY(java.time.Period.ofWeeks(1)),
  MONTHLY(java.time.Period.ofMonths(1));

  private final java.time.Period length;

  Period(java.time.Period length) {
    this.length = length;
  }

  java.time.Period length() {
    return length;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Period of(Node node) {
    for (Period period : values()) {
      if (period.word().equalsIgnoreCase(node.text().strip())) {
        return period;
      }
    }
    throw new BadAnswer("knows a period that is none: " + node.text());
  }
}
