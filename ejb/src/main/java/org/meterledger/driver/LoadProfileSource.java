package org.meterledger.driver;

import java.time.Instant;
import java.util.Set;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.ObisCode;

/** Reads load profiles, in bounded blocks from a cursor on. */
public non-sealed interface LoadProfileSource extends Capability {

  /** The profiles of the model, by their own OBIS code. */
  Set<ObisCode> loadProfiles();

  /**
   * The next rows after {@code cursor}, oldest first; an empty block where there are none.
   *
   * @param cursor {@link Cursor#START} for all that the meter holds
   */
  ReadResult<Block<LoadProfile>> readLoadProfile(ObisCode profile, Cursor cursor);

  /**
   * Finds the cursor from which {@link #readLoadProfile} gives, as its first row, the first one
   * whose capture period ends after {@code from}. Where no row ends that late, it is a cursor after
   * the newest row; where all do, it is the one before the oldest, from which reading does not
   * count what the meter has overwritten as lost. It serves to read again: it is never stored.
   *
   * <p>Rows are in the order of recording, which is not that of their times where a clock was set
   * back or has never been set. Then the cursor is rather too early than too late, so that a row
   * may be given that ended at or before {@code from}, or whose time says nothing; how much
   * disorder is looked through, the driver tells. For the same reason the first row that ends too
   * late for a reader is not a sure sign that none comes that does not.
   *
   * @param archived where regular reading goes on, {@link Cursor#START} allowed: the rows belong to
   *     its epoch. BUSY where the meter's index has started anew since, for then the epoch of what
   *     would come is not known before the new rows are read
   */
  ReadResult<Cursor> seek(ObisCode profile, Instant from, Cursor archived);
}
