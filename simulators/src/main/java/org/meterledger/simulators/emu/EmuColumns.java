package org.meterledger.simulators.emu;

import java.util.ArrayList;
import java.util.List;
import org.meterledger.simulators.Mains;

/** The columns of the two CSV files in the order of the manual (p. 12 and 14). */
final class EmuColumns {
  /** Places in a {@link Mains} state of load-profile columns 13 to 28. */
  static final int[] INSTANTANEOUS = {
    Mains.P + Mains.TOTAL,
    Mains.P,
    Mains.P + 1,
    Mains.P + 2,
    Mains.I + Mains.TOTAL,
    Mains.I,
    Mains.I + 1,
    Mains.I + 2,
    Mains.NEUTRAL,
    Mains.U,
    Mains.U + 1,
    Mains.U + 2,
    Mains.PF,
    Mains.PF + 1,
    Mains.PF + 2,
    Mains.F
  };

  /** Names for a header line; the manual prints none, so no reader may depend on them. */
  static final List<String> LOAD_PROFILE =
      List.of(
          ("timestamp index status serial import_t1_wh import_t2_wh export_t1_wh export_t2_wh"
                  + " reactive_import_t1_varh reactive_import_t2_varh reactive_export_t1_varh"
                  + " reactive_export_t2_varh p_w p_l1_w p_l2_w p_l3_w i_ma i_l1_ma i_l2_ma"
                  + " i_l3_ma i_n_ma u_l1_dv u_l2_dv u_l3_dv pf_l1 pf_l2 pf_l3 f_dhz")
              .split(" "));

  static final List<String> LOGBOOK =
      List.of(
          ("timestamp timestamp_after index serial import_t1_wh import_t2_wh export_t1_wh"
                  + " export_t2_wh load_profile_index ct_primary ct_primary_before ct_secondary"
                  + " ct_secondary_before vt_primary vt_primary_before vt_secondary"
                  + " vt_secondary_before pulses_per_kwh pulses_per_kwh_before pulse_ms"
                  + " pulse_ms_before")
              .split(" "));

  private EmuColumns() {}

  static List<String> of(LoadProfileRow row, String serial) {
    List<String> columns = new ArrayList<>(28);
    columns.add(row.periodEnd().toString());
    columns.add(Integer.toString(row.index()));
    columns.add(Integer.toString(row.status()));
    columns.add(serial);
    row.values().forEach(value -> columns.add(value.toString()));
    return columns;
  }

  static List<String> of(LogbookLine line, String serial) {
    List<String> columns = new ArrayList<>(21);
    columns.add(line.timestamp().toString());
    columns.add(line.timestampAfter().toString());
    columns.add(Integer.toString(line.index()));
    columns.add(serial);
    line.energies().forEach(energy -> columns.add(energy.toString()));
    columns.add(Integer.toString(line.loadProfileIndex()));
    LogbookLine.Parameters now = line.now();
    LogbookLine.Parameters before = line.before();
    int[] pairs = {
      now.ctPrimary(), before.ctPrimary(), now.ctSecondary(), before.ctSecondary(),
      now.vtPrimary(), before.vtPrimary(), now.vtSecondary(), before.vtSecondary(),
      now.pulsesPerKwh(), before.pulsesPerKwh(), now.pulseMillis(), before.pulseMillis()
    };
    for (int value : pairs) {
      columns.add(Integer.toString(value));
    }
    return columns;
  }
}
