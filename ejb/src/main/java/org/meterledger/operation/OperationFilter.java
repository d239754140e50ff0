package org.meterledger.operation;

import java.io.Serializable;

/**
 * Which operations a list shows; a part that is null asks nothing.
 *
 * @param live true: only what has not ended; false: only what has
 */
public record OperationFilter(
    String serialNumber,
    String kind,
    OperationState state,
    Boolean live,
    Long groupId,
    Long bundleId)
    implements Serializable {
  public static final OperationFilter ALL = new OperationFilter(null, null, null, null, null, null);

  public static OperationFilter ofMeter(String serialNumber) {
    return new OperationFilter(serialNumber, null, null, null, null, null);
  }

  public static OperationFilter ofGroup(long groupId) {
    return new OperationFilter(null, null, null, null, groupId, null);
  }
}
