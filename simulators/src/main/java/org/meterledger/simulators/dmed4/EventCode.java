package org.meterledger.simulators.dmed4;

/** Codes of the metrological events; the manual has no list, so these are the simulator's own. */
public final class EventCode {
  public static final int COMMISSIONED = 1;
  public static final int POWER_ON = 2;
  public static final int CLOCK_SET = 3;
  public static final int CABLE_RESISTANCE_SET = 4;
  public static final int OPERATIVE_STATUS_SET = 5;
  public static final int PARAMETERS_SET = 6;
  public static final int LOGIN_LOCKED = 7;
  public static final int ROLL_OVER = 8;
  public static final int KEY_REPLACED = 9;

  private EventCode() {}
}
