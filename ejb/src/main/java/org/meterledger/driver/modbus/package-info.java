/**
 * The Modbus transport that drivers share: five transports behind one connection to one device.
 * Addresses are those of the wire, from 0. Imports nothing but the driver SPI.
 */
package org.meterledger.driver.modbus;
