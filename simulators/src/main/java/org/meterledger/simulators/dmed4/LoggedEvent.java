package org.meterledger.simulators.dmed4;

/**
 * One entry of the metrological event log.
 *
 * @param number from 1, never used again
 * @param unixSeconds by the meter's clock, UTC
 * @param offsetMinutes of the meter's time zone then
 * @param code of {@link EventCode}
 * @param arguments up to 10 ASCII characters, empty for none
 */
public record LoggedEvent(
    long number, long unixSeconds, int offsetMinutes, int code, String arguments) {}
