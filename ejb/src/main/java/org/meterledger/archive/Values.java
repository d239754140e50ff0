package org.meterledger.archive;

/** How cumulative channels are told; other channels are always told as the meter captured them. */
public enum Values {
  /** The register's reading at the end of the period, as stored. */
  READING,
  /** What the register counted during the period. */
  DIFFERENCE,
  /** The mean power during the period: difference by duration. */
  POWER
}
