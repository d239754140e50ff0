package org.meterledger.simulators.meterextension;

import java.util.function.ToLongFunction;

/**
 * One value of a telegram.
 *
 * @param obis as the box prints it, {@code 1-0:32.7.0.255}
 * @param scale power of ten of the number
 * @param unit code of table 4 of the manual
 * @param hourly whether it comes with a telegram at each full hour only
 * @param value the number as it is sent
 */
record Register(
    String obis, int scale, int unit, boolean hourly, ToLongFunction<Consumption> value) {

  static Register of(String obis, int scale, int unit, ToLongFunction<Consumption> value) {
    return new Register(obis, scale, unit, false, value);
  }

  Register everyHour() {
    return new Register(obis, scale, unit, true, value);
  }
}
