package org.meterledger.driver.g13;

import java.util.Locale;

/** How often a meter closes its stored values. */
public enum Period {
  DAILY,
  WEEKLY,
  MONTHLY;

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
