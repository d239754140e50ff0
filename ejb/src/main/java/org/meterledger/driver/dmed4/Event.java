package org.meterledger.driver.dmed4;

import java.time.Instant;
import java.util.Map;

/**
 * A line of the log of metrological events.
 *
 * @param detail what else it says; not null
 */
record Event(Instant at, int code, Map<String, String> detail) {}
