/**
 * Meters as people maintain them: the instrument, the place it measures, who is where from when to
 * when. Imports {@code driver}, {@code metering} and {@code server}.
 */
package org.meterledger.meter;
