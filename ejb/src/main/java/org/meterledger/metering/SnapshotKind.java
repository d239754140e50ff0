package org.meterledger.metering;

/** What a meter keeps of the ends of its periods. */
public enum SnapshotKind {
  /** Registers as they stood. */
  PREVIOUS_VALUES,
  /** Minima and maxima of demand within the period, each with its time. */
  DEMAND
}
