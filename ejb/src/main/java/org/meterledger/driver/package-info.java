/**
 * The driver SPI: how a protocol is plugged in. Imports only {@code metering}. One package per
 * protocol lies below; nobody imports those.
 */
package org.meterledger.driver;
