package org.meterledger.logbook;

import java.io.Serializable;
import java.time.Instant;
import org.meterledger.metering.ObisCode;

/**
 * Which lines of a meter; a part that is null asks nothing.
 *
 * @param from first time, included
 * @param to last time, excluded
 */
public record LogbookFilter(Instant from, Instant to, ObisCode logbook) implements Serializable {
  public static final LogbookFilter ALL = new LogbookFilter(null, null, null);
}
