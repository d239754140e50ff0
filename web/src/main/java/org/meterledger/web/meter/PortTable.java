package org.meterledger.web.meter;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.meterledger.archive.PresentRegisters.PresentRegister;
import org.meterledger.driver.SwitchTarget;

/** Inputs and outputs out of present values, by the codes of {@link SwitchTarget.Port}. */
public final class PortTable {

  private static final int PULSES = 82;
  private static final int TIME_INTEGRAL = 8;
  private static final int OPERATING_STATUS = 96;
  private static final int CONTROL_SIGNALS = 3;
  private static final int STATE = 1;
  private static final int STORED_STATE = 128;
  private static final int USE = 129;

  private final SortedMap<Integer, Port> ports = new TreeMap<>();

  /**
   * A port as last read; null for what the meter does not tell of it.
   *
   * @param use a code of {@link SwitchTarget.Use}
   */
  public record Port(int number, Integer use, Boolean on, Boolean stored, PresentRegister count) {

    public boolean switchable() {
      return use != null && use == SwitchTarget.Use.COMMUNICATION.code() && on != null;
    }

    private Port with(int group, PresentRegister register) {
      int value = register.quantity().value().intValue();
      return switch (group) {
        case STATE -> new Port(number, use, value != 0, stored, count);
        case STORED_STATE -> new Port(number, use, on, value != 0, count);
        case USE -> new Port(number, value, on, stored, count);
        default -> new Port(number, use, on, stored, register);
      };
    }
  }

  /** Whether the register tells of a port. */
  boolean take(PresentRegister register) {
    var obis = register.obis();
    boolean counts =
        obis.a() == 1 && obis.c() == PULSES && obis.d() == TIME_INTEGRAL && obis.e() == 0;
    boolean tells =
        obis.a() == 0
            && obis.c() == OPERATING_STATUS
            && obis.d() == CONTROL_SIGNALS
            && List.of(STATE, STORED_STATE, USE).contains(obis.e());
    if (obis.b() == 0 || obis.b() >= STORED_STATE || !counts && !tells) {
      return false;
    }
    var before = ports.getOrDefault(obis.b(), new Port(obis.b(), null, null, null, null));
    ports.put(obis.b(), before.with(counts ? 0 : obis.e(), register));
    return true;
  }

  public List<Port> getPorts() {
    return List.copyOf(ports.values());
  }
}
