package org.meterledger.simulators.g13;

/** The six energies that each line counts. */
enum Component {
  ACTIVE_IMPORT,
  ACTIVE_EXPORT,
  REACTIVE_IMPORT,
  REACTIVE_EXPORT,
  APPARENT_IMPORT,
  APPARENT_EXPORT;

  static final int LINES = 3;

  /** Length of an array with all energies of all lines. */
  static final int PLACES = 6 * LINES;

  /**
   * Place of this energy in such an array.
   *
   * @param line from 0
   */
  int place(int line) {
    return ordinal() * LINES + line;
  }
}
