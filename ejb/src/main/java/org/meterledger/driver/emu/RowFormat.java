package org.meterledger.driver.emu;

import java.time.Instant;

/** What the columns of one of the two tables mean. Columns are counted from 1, as in the manual. */
interface RowFormat<T> {

  int columns();

  int indexColumn();

  int serialColumn();

  /** The value of a row of which time, index and serial number are good; notes what is not. */
  T value(Cells cells, Instant at);
}
