package org.meterledger.operation;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

/**
 * How far a request to many meters has come.
 *
 * @param approval whether a second person agreed; null where none is needed
 * @param groupId of the group of meters; null where meters were named
 * @param meters that are asked
 * @param states how many operations are in which state; states without are not there
 */
public record GroupProgress(
    long id,
    String kind,
    String parameters,
    Approval approval,
    Integer groupId,
    String requestedBy,
    Instant requestedAt,
    int meters,
    Map<OperationState, Long> states)
    implements Serializable {

  /** Operations that have ended, however. */
  public long ended() {
    return states.entrySet().stream()
        .filter(state -> state.getKey().ended())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** 0..100. */
  public int percent() {
    return meters == 0 ? 100 : (int) (100 * ended() / meters);
  }
}
