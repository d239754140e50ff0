package org.meterledger.simulators.emu;

import java.time.Instant;
import java.util.List;

/**
 * One load-profile row as the meter recorded it.
 *
 * @param generation 0 until the logger is cleared, then 1, 2 …; an index is unique within one
 * @param index the meter's own number of the row, from 1
 * @param periodEnd end of the capture period as the meter's clock had it
 * @param status status bits (manual p. 12)
 * @param values columns 5 to 28 of the manual (p. 12) in its order and units: eight energies in Wh
 *     and varh, powers in W, currents in mA, voltages in 0.1 V, factors in 0.01, 0.1 Hz
 * @param held whether the meter still has the row, that is, neither the ring buffer nor a restart
 *     of the index has taken it
 */
public record LoadProfileRow(
    int generation, int index, Instant periodEnd, int status, List<Long> values, boolean held) {
  /** Time changed. */
  public static final int TIME_CHANGED = 0x01;

  /** Current transformer factor changed. */
  public static final int CURRENT_TRANSFORMER_CHANGED = 0x02;

  /** Voltage transformer factor changed. */
  public static final int VOLTAGE_TRANSFORMER_CHANGED = 0x04;

  /** Pulse length changed. */
  public static final int PULSE_LENGTH_CHANGED = 0x08;

  /** Pulse value changed. */
  public static final int PULSE_VALUE_CHANGED = 0x10;

  /** Power failure. */
  public static final int POWER_FAILURE = 0x20;

  /** Time synchronisation has not yet happened. */
  public static final int UNSYNCHRONISED = 0x40;

  /** Logbook is full. */
  public static final int LOGBOOK_FULL = 0x80;

  public LoadProfileRow {
    values = List.copyOf(values);
  }
}
