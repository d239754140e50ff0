package org.meterledger.simulators.dmed4;

import java.util.EnumSet;
import java.util.Set;

/** What a device can be told to do wrong on the wire; its records stay right. */
public enum Fault {
  /** Does what is asked and never answers; the connection stays open. */
  NO_ANSWER(Transport.values()),
  /** Does what is asked and answers later than {@link Dmed4Device#setLateness} says. */
  LATE_ANSWER(Transport.values()),
  /** Does what is asked and closes the connection instead of answering. */
  CONNECTION_DROPPED(Transport.values()),
  /** Does what is asked, sends about half of the answer and closes the connection. */
  HALF_ANSWER(Transport.values()),
  /** Bytes that are no answer: 17 of noise in Modbus, status 200 with no JSON in REST. */
  GARBAGE(Transport.values()),
  /** Reboots instead of doing what is asked. */
  REBOOT(Transport.values()),
  /** A right answer whose CRC or LRC is wrong. */
  WRONG_CHECK(Transport.MODBUS_RTU, Transport.MODBUS_ASCII),
  /** The right answer as if from the next node. */
  WRONG_UNIT(Transport.MODBUS_TCP, Transport.MODBUS_RTU, Transport.MODBUS_ASCII),
  /** The right answer under the next transaction id. */
  WRONG_TRANSACTION(Transport.MODBUS_TCP),
  /** The right answer under the code of another function. */
  WRONG_FUNCTION(Transport.MODBUS_TCP, Transport.MODBUS_RTU, Transport.MODBUS_ASCII),
  /** One register less than asked, in a frame that is right by itself; only reads show it. */
  SHORT_COUNT(Transport.MODBUS_TCP, Transport.MODBUS_RTU, Transport.MODBUS_ASCII),
  /** Exception 06 instead of doing what is asked. */
  BUSY(Transport.MODBUS_TCP, Transport.MODBUS_RTU, Transport.MODBUS_ASCII),
  /** Status 500 without a body instead of doing what is asked. */
  HTTP_500(Transport.REST, Transport.REST_TLS);

  private final Set<Transport> transports;

  Fault(Transport... transports) {
    this.transports = EnumSet.noneOf(Transport.class);
    this.transports.addAll(Set.of(transports));
  }

  boolean concerns(Transport transport) {
    return transports.contains(transport);
  }

  /** Whether the device does what was asked. */
  boolean isDone() {
    return this != REBOOT && this != BUSY && this != HTTP_500;
  }
}
