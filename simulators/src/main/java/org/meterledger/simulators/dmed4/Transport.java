package org.meterledger.simulators.dmed4;

/** A way to a device; each has a TCP port of its own, in this order. */
public enum Transport {
  /** HTTP/1.1, what the manual calls TLS off. */
  REST,
  /** The same over TLS 1.2 and 1.3, with a certificate that the device has issued itself. */
  REST_TLS,
  /** Modbus TCP with its header of seven bytes; two connections at most. */
  MODBUS_TCP,
  /** Frames of Modbus RTU, with their CRC, over TCP as a serial server passes them. */
  MODBUS_RTU,
  /** Frames of Modbus ASCII, with their LRC, over TCP as a serial server passes them. */
  MODBUS_ASCII;

  boolean isModbus() {
    return this != REST && this != REST_TLS;
  }
}
