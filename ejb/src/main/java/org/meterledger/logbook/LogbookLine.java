package org.meterledger.logbook;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import org.meterledger.metering.ObisCode;

/**
 * A line of a logbook with its meaning.
 *
 * @param logbook 0-0:99.98.0-127 the meter's, .129 told by load-profile rows, .128 the portal's
 * @param at as the meter stamped it; for lines of the portal when it noticed
 * @param meaning in the language asked for
 * @param detail in the order of the meter
 * @param notedAt when the portal stored it
 */
public record LogbookLine(
    ObisCode logbook,
    Instant at,
    long sequence,
    int code,
    Severity severity,
    String meaning,
    Map<String, String> detail,
    Instant notedAt)
    implements Serializable {

  /** How much it asks of a person. */
  public enum Severity {
    ALARM,
    WARNING,
    INFO
  }
}
