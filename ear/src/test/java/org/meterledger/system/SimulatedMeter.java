package org.meterledger.system;

import java.time.Instant;
import java.util.List;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.EmuSimulator;

/** A meter for the tests inside the server, which cannot start one: its day is over. */
final class SimulatedMeter {

  /** System property of the server: where the meter answers. */
  static final String ADDRESS = "meterledger.test.meter.address";

  static final String SERIAL = "22355001";
  static final Instant BEGIN = Instant.parse("2026-10-24T00:00:00Z");
  static final Instant END = Instant.parse("2026-10-25T00:00:00Z");
  static final int ROWS = 96;

  private SimulatedMeter() {}

  static EmuSimulator start() {
    return EmuSimulator.start(
        List.of(EmuMeter.Settings.builder(SERIAL, BEGIN).build()), 0, new SettableClock(END));
  }
}
