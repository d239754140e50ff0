package org.meterledger.driver;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;

/** Reads logbooks, in bounded blocks from a cursor on. */
public non-sealed interface EventLogSource extends Capability {

  /** The logbooks of the model: 0-0:99.98.e*255. */
  Set<ObisCode> logbooks();

  /** The next lines after {@code cursor}, oldest first; UNSUPPORTED where this meter keeps none. */
  ReadResult<Block<List<LoggedEvent>>> readLogbook(ObisCode logbook, Cursor cursor);

  /**
   * Finds the cursor from which {@link #readLogbook} gives, as its first line, the first one at or
   * after {@code from}. Everything else is as in {@link LoadProfileSource#seek}.
   *
   * @param archived where regular reading goes on
   */
  ReadResult<Cursor> seek(ObisCode logbook, Instant from, Cursor archived);
}
