package org.meterledger.simulators.emu;

import java.time.Instant;
import java.util.List;

/**
 * One line of the meter's logbook (manual p. 14).
 *
 * @param timestamp meter time of the change, before it
 * @param timestampAfter meter time after the change; the same unless the clock was changed
 * @param index the meter's own number of the line, from 1
 * @param energies import T1, T2, export T1, T2 in Wh at the change
 * @param loadProfileIndex index of the load-profile row whose period the change falls into
 * @param now parameters after the change
 * @param before parameters before the change; a parameter that did not change is repeated
 */
public record LogbookLine(
    Instant timestamp,
    Instant timestampAfter,
    int index,
    List<Long> energies,
    int loadProfileIndex,
    Parameters now,
    Parameters before) {
  public LogbookLine {
    energies = List.copyOf(energies);
  }

  /**
   * What can be set in the meter and counts for billing.
   *
   * @param ctPrimary primary current of the current transformer in A
   * @param ctSecondary its secondary current in A
   * @param vtPrimary primary voltage of the voltage transformer in V
   * @param vtSecondary its secondary voltage in V
   * @param pulsesPerKwh value of the S0 pulses in P/kWh
   * @param pulseMillis length of an S0 pulse in ms
   */
  public record Parameters(
      int ctPrimary,
      int ctSecondary,
      int vtPrimary,
      int vtSecondary,
      int pulsesPerKwh,
      int pulseMillis) {
    Parameters withCurrentTransformer(int primary, int secondary) {
      return new Parameters(primary, secondary, vtPrimary, vtSecondary, pulsesPerKwh, pulseMillis);
    }

    Parameters withVoltageTransformer(int primary, int secondary) {
      return new Parameters(ctPrimary, ctSecondary, primary, secondary, pulsesPerKwh, pulseMillis);
    }

    Parameters withPulses(int perKwh) {
      return new Parameters(ctPrimary, ctSecondary, vtPrimary, vtSecondary, perKwh, pulseMillis);
    }
  }
}
