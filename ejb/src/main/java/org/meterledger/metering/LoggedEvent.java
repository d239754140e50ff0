package org.meterledger.metering;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One line of a logbook.
 *
 * @param logbook which one: 0-0:99.98.e*255
 * @param at as the meter stamped it, UTC
 * @param sequence the meter's own running number, see {@link Cursor#sequence(long)}
 * @param code the meter's own; {@code events.csv} of its model explains it
 * @param detail what else the line says, in its order; never null
 */
public record LoggedEvent(
    ObisCode logbook, Instant at, long sequence, int code, Map<String, String> detail) {
  public LoggedEvent {
    Objects.requireNonNull(logbook);
    Objects.requireNonNull(at);
    detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
  }
}
