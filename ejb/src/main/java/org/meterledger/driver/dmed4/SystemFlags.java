package org.meterledger.driver.dmed4;

import java.math.BigDecimal;
import java.util.Map;
import org.meterledger.metering.ObisCode;

/** The errors in {@code system_status} (manual p. 11, 12), as the bits of flags.csv. */
final class SystemFlags {

  private SystemFlags() {}

  /** Adds the registers of what the meter tells; what it does not tell is left out. */
  static void add(Map<ObisCode, BigDecimal> found, JsonAnswer status, Dmed4Tables tables) {
    var board2 = status.inner("board_2_status_bits");
    status
        .inner("board_1_status_bits")
        .ifPresent(bits -> put(found, tables, "board1", named(bits, tables, "board1")));
    board2.ifPresent(bits -> put(found, tables, "board2", named(bits, tables, "board2")));
    board2
        .flatMap(bits -> bits.inner("fatal_err_bits"))
        .ifPresent(bits -> put(found, tables, "fatal", named(bits, tables, "fatal")));
    status
        .whole("system_status")
        .ifPresent(code -> put(found, tables, "system", code == 0 ? 0 : bit(tables, code)));
  }

  private static long bit(Dmed4Tables tables, long code) {
    return tables.bit("system", Long.toString(code));
  }

  private static long named(JsonAnswer bits, Dmed4Tables tables, String group) {
    return bits.keys().stream()
        .filter(name -> bits.number(name).filter(value -> value.signum() != 0).isPresent())
        .mapToLong(name -> tables.bit(group, name))
        .reduce(0, (a, b) -> a | b);
  }

  static void put(Map<ObisCode, BigDecimal> found, Dmed4Tables tables, String group, long bits) {
    found.put(tables.group(group).get(0).register(), BigDecimal.valueOf(bits));
  }
}
