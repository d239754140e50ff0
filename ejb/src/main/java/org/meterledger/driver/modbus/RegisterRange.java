package org.meterledger.driver.modbus;

/**
 * Registers that lie side by side.
 *
 * @param address of the first one on the wire, 0 to 65535
 * @param count at least 1; the last one is 65535 at most
 */
public record RegisterRange(int address, int count) {

  private static final int ALL = 65536;

  /**
   * @throws IllegalArgumentException when these are no registers
   */
  public RegisterRange {
    if (address < 0 || count < 1 || count > ALL - address) {
      throw new IllegalArgumentException(
          "No registers: %d from address %d; they are 0 to 65535".formatted(count, address));
    }
  }

  /** The address after the last one. */
  public int end() {
    return address + count;
  }

  public boolean contains(RegisterRange other) {
    return address <= other.address && other.end() <= end();
  }
}
