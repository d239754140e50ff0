package org.meterledger.driver.modbus;

import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;

/**
 * A conversation with one device. Not thread-safe; close it (closing twice is harmless).
 *
 * <p>The first request connects. Addresses are those of the wire, 0 to 65535: a manual that counts
 * from 1 is converted where its table is read. Never throws for what a device does:
 *
 * <ul>
 *   <li>UNREACHABLE: nobody takes a connection, or there is no such serial device;
 *   <li>TIMEOUT: no whole answer within the endpoint's time-out;
 *   <li>BUSY: exception 05 or 06, or somebody else is speaking with this place; try again later;
 *   <li>UNSUPPORTED: exceptions 01 and 02, and 03 and 04 to a read, told apart in words;
 *   <li>NOT_TAKEN: exceptions 03 and 04 to a write;
 *   <li>PROTOCOL: a wrong CRC or LRC, another transaction, unit, function, byte count or register
 *       than asked for, a cut answer, an unknown exception.
 * </ul>
 *
 * <p>After each fault but an exception of Modbus the connection is given up, and the next request
 * makes a new one: the late answer to a request is never taken for the answer to another. A read is
 * tried once more then; what changes something is never sent twice.
 */
public interface ModbusConnection extends AutoCloseable {

  /** Most registers in one read; the protocol ends at 125, some makers at 120. */
  int MOST_READ = 125;

  /** Most registers in one write (Modbus application protocol 1.1b3, 6.12). */
  int MOST_WRITTEN = 123;

  /**
   * Function 03.
   *
   * @param count 1 to {@value #MOST_READ}
   * @throws IllegalArgumentException when the range is not within 0 to 65535
   */
  ReadResult<Words> readHolding(int address, int count);

  /** Function 04; otherwise as {@link #readHolding}. */
  ReadResult<Words> readInput(int address, int count);

  /**
   * Function 06. Accepted when the device echoes address and value; Unconfirmed when it was sent
   * and no good answer came; sent to unit 0 of a serial line it is always Unconfirmed.
   *
   * @param value 0 to 65535
   */
  CommandResult writeSingle(int address, int value);

  /**
   * Function 10 (hexadecimal); otherwise as {@link #writeSingle}.
   *
   * @param values 1 to {@value #MOST_WRITTEN}, each 0 to 65535
   */
  CommandResult writeMultiple(int address, int... values);

  /**
   * Function 11 (hexadecimal).
   *
   * @return exactly the bytes that follow the byte count, whatever they mean to the maker; at least
   *     one
   */
  ReadResult<byte[]> reportSlaveId();

  /** Where it is connected to, for texts. */
  String address();

  @Override
  void close();
}
