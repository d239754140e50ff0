package org.meterledger.archive;

/**
 * What became of the rows of a delivery.
 *
 * @param stored rows that were new
 * @param superseded rows that the archive held with other values; both are kept
 */
public record Stored(int stored, int superseded) {
  public static final Stored NOTHING = new Stored(0, 0);

  public Stored plus(Stored other) {
    return new Stored(stored + other.stored, superseded + other.superseded);
  }
}
