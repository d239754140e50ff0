package org.meterledger.driver;

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
}
