package org.meterledger.simulators.g13;

import java.time.LocalDateTime;

/**
 * One line of a meter's logs (N51).
 *
 * @param log {@code system}, {@code quality} or {@code event}
 * @param time as the meter's clock had it
 * @param duration in s, 0 while it lasts
 * @param category 1 error, 2 warning, 4 information
 * @param id number of the manual (p. 150 to 152), for example 2013 for alarm 1
 */
public record MeterEvent(String log, LocalDateTime time, long duration, int category, int id) {
  /** Log of failures of the meter itself. */
  public static final String SYSTEM = "system";

  /** Log of the mains. */
  public static final String QUALITY = "quality";

  /** Log of alarms and information. */
  public static final String EVENT = "event";

  static final int FIRST_ALARM = 2013;
  static final int DATE_NOT_SET = 1010;
  static final int TIME_NOT_SET = 1011;
  static final int POWER_FAIL = 2054;

  static final int WARNING = 2;
  static final int INFORMATION = 4;
}
