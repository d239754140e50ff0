package org.meterledger.reading;

import java.io.Serializable;

/**
 * A plan as it stands.
 *
 * @param version counts the changes
 * @param groupName of the meters it is for
 */
public record ReadingPlan(int id, int version, String groupName, PlanDetails details)
    implements Serializable {

  /**
   * How it goes.
   *
   * @param meters that it asks
   * @param due to be asked now
   * @param late beyond the deadline
   */
  public record Load(int planId, long meters, long due, long late) implements Serializable {}
}
