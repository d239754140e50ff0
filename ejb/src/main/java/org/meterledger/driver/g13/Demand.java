package org.meterledger.driver.g13;

import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;

/** Minima and maxima of demand (N77 to N80). */
public final class Demand {

  /** In one answer (manual p. 214). */
  public static final int MOST_ENTRIES = 500;

  private static final String PATH = "demand";

  private final G13Meter.Place place;

  Demand(G13Meter.Place place) {
    this.place = place;
  }

  /** N77. */
  public ReadResult<StoredTable> read(Span span) {
    return place.get(PATH + span.path(), StoredTable::of);
  }

  /** N78. */
  public ReadResult<DemandConfiguration> configuration() {
    return place.get(PATH + "/configuration", DemandConfiguration::of);
  }

  /** N79, read back. Erases all that is stored. */
  public Written<DemandConfiguration> configure(DemandConfiguration wanted) {
    var sent = place.post(PATH + "/configuration", wanted.checked().payload());
    return Written.readBack(sent, this::configuration, wanted::sameAs, place.connection().clock());
  }

  /** N80. Erases all; a meter may refuse it. */
  public CommandResult clear() {
    return place.delete(PATH);
  }
}
