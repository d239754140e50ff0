package org.meterledger.archive;

import org.meterledger.metering.SnapshotKind;

/**
 * What became of the rows of a delivery, or of its snapshots of one kind.
 *
 * @param stored rows that were new
 * @param superseded rows that the archive held with other values; both are kept
 * @param of the kind of the snapshots; null for rows of load profiles
 */
public record Stored(int stored, int superseded, SnapshotKind of) {
  public static final Stored NOTHING = new Stored(0, 0);

  public Stored(int stored, int superseded) {
    this(stored, superseded, null);
  }

  /** No snapshot yet. */
  public static Stored nothing(SnapshotKind of) {
    return new Stored(0, 0, of);
  }

  public Stored plus(Stored other) {
    return new Stored(stored + other.stored, superseded + other.superseded, of);
  }
}
