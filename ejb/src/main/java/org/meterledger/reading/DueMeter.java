package org.meterledger.reading;

import java.time.Duration;
import java.util.List;

/**
 * A meter that this node has claimed, with what is due.
 *
 * @param password encrypted; null where there is none
 */
record DueMeter(
    int id,
    String serialNumber,
    String model,
    String address,
    String userName,
    byte[] password,
    List<DueTask> tasks) {

  /**
   * @param failures that went before, one after the other
   */
  record DueTask(TaskKind kind, Duration every, int failures) {}
}
