package org.meterledger.driver;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.Unit;

/** Tells of a meter's inputs and outputs, and switches the outputs that are there for it. */
public non-sealed interface SwitchTarget extends Capability {

  /** What a port is for; the code is what the archive stores, so it never changes. */
  enum Use {
    INPUT(0),
    /** An output that is switched from outside, and by nothing else. */
    COMMUNICATION(1),
    ALARM(2),
    PULSES(3),
    TARIFF(4),
    ALWAYS_ON(5),
    ALWAYS_OFF(6);

    private final int code;

    Use(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  /**
   * A port as it is now.
   *
   * @param number from 1
   * @param use null where the meter does not tell it
   * @param storedState whether an input has been on since it was reset; null where none is kept
   * @param count pulses of an input since it was reset; null where none are counted
   */
  record Port(int number, Use use, boolean on, Boolean storedState, Long count) {

    public boolean switchable() {
      return use == Use.COMMUNICATION;
    }

    /**
     * The same as present values: 0-n:96.3.1 the state (IEC 62056-6-1) and, of the maker's range,
     * 0-n:96.3.128 the stored state and 0-n:96.3.129 the code of the use; 1-n:82.8.0 the pulses.
     */
    public List<RegisterValue> registers() {
      var registers = new ArrayList<RegisterValue>();
      if (count != null) {
        registers.add(register(new ObisCode(1, number, 82, 8, 0, 255), count));
      }
      registers.add(register(new ObisCode(0, number, 96, 3, 1, 255), on ? 1 : 0));
      if (storedState != null) {
        registers.add(register(new ObisCode(0, number, 96, 3, 128, 255), storedState ? 1 : 0));
      }
      if (use != null) {
        registers.add(register(new ObisCode(0, number, 96, 3, 129, 255), use.code()));
      }
      return registers;
    }

    private static RegisterValue register(ObisCode obis, long value) {
      return new RegisterValue(obis, new Quantity(BigDecimal.valueOf(value), Unit.NONE), null);
    }
  }

  /** How many ports meters of this model have at most. */
  int mostPorts();

  /** In the order of their numbers; Partial where what they are for could not be read. */
  ReadResult<List<Port>> readPorts();

  /** Whether it has been done is only known when it is read back. */
  CommandResult switchOutput(int number, boolean on);

  /** Forgets what an input has stored: its state, its count, or both. */
  CommandResult resetInput(int number, boolean storedState, boolean count);
}
