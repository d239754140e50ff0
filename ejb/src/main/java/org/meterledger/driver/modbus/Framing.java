package org.meterledger.driver.modbus;

import java.io.IOException;

/** How a request and its answer are packed. The answer is checked here as far as its frame goes. */
interface Framing {

  /**
   * @param transaction 0 to 65535
   * @param pdu function and data
   */
  byte[] frame(int transaction, int unit, byte[] pdu);

  /**
   * Reads one frame.
   *
   * @return function and data, at least two bytes
   * @throws BadAnswer when it is of another transaction or unit, or is damaged
   */
  byte[] read(Wire wire, int transaction, int unit, long deadline) throws IOException;

  /** Bytes on the way for a PDU of that length. */
  int length(int pdu);

  /** Whether an answer says to which request it belongs. */
  boolean numbered();
}
