/**
 * What meters and the portal noted. Imports {@code metering}, {@code driver} and {@code server}.
 */
package org.meterledger.logbook;
