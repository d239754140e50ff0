/**
 * The Modbus transport that drivers share: five transports behind one connection to one device.
 * Addresses are those of the wire, from 0. Imports nothing but the driver SPI.
 *
 * <p>Of j2mod 3.3.0 the requests and the CRC are used. Its transports keep a connection after a
 * time-out, whose late answer the next request gets, compare neither function nor the CRC of RTU
 * over TCP, and wait anew for each byte; its answer to function 11 (hexadecimal) has two bytes more
 * than the device sent. So frames, wires and answers are of this package, and checked in one place.
 */
package org.meterledger.driver.modbus;
