package org.meterledger.driver.g13;

import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;

/** Registers frozen at the ends of days, weeks or months (N69 to N72). */
public final class PreviousValues {

  private static final String PATH = "previousvalues";

  private final G13Meter.Place place;

  PreviousValues(G13Meter.Place place) {
    this.place = place;
  }

  /** N69. */
  public ReadResult<StoredTable> read(Span span) {
    return place.get(PATH + span.path(), StoredTable::of);
  }

  /** N70. */
  public ReadResult<PreviousValuesConfiguration> configuration() {
    return place.get(PATH + "/configuration", PreviousValuesConfiguration::of);
  }

  /** N71, read back. */
  public Written<PreviousValuesConfiguration> configure(PreviousValuesConfiguration wanted) {
    var sent = place.post(PATH + "/configuration", wanted.checked().payload());
    return Written.readBack(sent, this::configuration, wanted::sameAs, place.connection().clock());
  }

  /** N72. Erases all; a meter may refuse it. */
  public CommandResult clear() {
    return place.delete(PATH);
  }
}
