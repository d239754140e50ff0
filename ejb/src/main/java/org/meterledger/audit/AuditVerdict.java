package org.meterledger.audit;

import java.io.Serializable;
import java.util.List;

/**
 * What a verification found.
 *
 * @param entries that are sealed and there
 * @param dropped that were sealed and have gone with old partitions
 * @param unsealed newer than the last seal
 * @param last hash of the newest seal in hexadecimal; null without any
 * @param broken places at which the trail is not what it was
 * @param findings the first 1000 of them
 */
public record AuditVerdict(
    long seals,
    long entries,
    long dropped,
    long unsealed,
    String last,
    long broken,
    List<Finding> findings)
    implements Serializable {

  /** What is wrong with the trail. */
  public enum Break {
    /** An entry is not what was sealed. */
    CHANGED,
    /** An entry that was sealed is not there. */
    REMOVED,
    /** An entry is there that was not when its neighbours were sealed. */
    INSERTED,
    /** A seal is not there, or does not follow the one before it. */
    CHAIN_BROKEN,
    /** A seal does not hold what its hash says. */
    SEAL_CHANGED
  }

  /**
   * A place at which the trail is not what it was.
   *
   * @param entryId null where a seal is broken
   */
  public record Finding(Break what, long sealId, Long entryId) implements Serializable {}

  public boolean intact() {
    return broken == 0;
  }
}
