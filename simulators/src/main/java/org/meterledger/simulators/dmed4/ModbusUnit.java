package org.meterledger.simulators.dmed4;

/** What answers under a Modbus node. What it does not do it refuses with a {@link Refusal}. */
interface ModbusUnit {
  /** Most registers of one request. */
  int MOST_REGISTERS = 120;

  /**
   * @param first register as the manual counts it
   * @return two bytes for each
   */
  byte[] read(int first, int count);

  void write(int first, byte[] content);

  /** The eight bytes of function 11. */
  byte[] identification();

  /** How often it has booted. */
  int boots();

  boolean isOff();
}
