package org.meterledger.operation;

import java.io.Serializable;

/**
 * A request that waits for a second person.
 *
 * @param operation that waits, one of them where there are several
 * @param many whether it went to many meters
 * @param groupId of the group of meters; null where meters were named
 * @param meters that it waits for
 * @param own whether the caller has asked for it, and so cannot decide
 */
public record AwaitedApproval(
    MeterOperation operation, boolean many, Integer groupId, int meters, boolean own)
    implements Serializable {

  /** Of the operation, of the first of its bundle, or of the request to many meters. */
  public long id() {
    return operation.approval().id();
  }
}
