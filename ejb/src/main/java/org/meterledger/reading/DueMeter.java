package org.meterledger.reading;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.meterledger.operation.QueuedOperation;

/**
 * A meter that this node has claimed, with what is due.
 *
 * @param address null for one that is reached through its gateway
 * @param password encrypted; null where there is none
 * @param gateway through which it is reached; null exactly when it has an address of its own
 * @param startAt not to be called before: new sessions of a network are spaced
 * @param failures sessions in vain that went before, one after the other
 * @param clockLimit a clock that is further off is reported
 * @param clockDrift as last measured; null where it never was
 * @param operations the most urgent first, the steps of a bundle in their order
 */
public record DueMeter(
    int id,
    int networkId,
    String serialNumber,
    String model,
    String address,
    String userName,
    byte[] password,
    ThroughGateway gateway,
    Instant startAt,
    int failures,
    Duration clockLimit,
    Duration clockDrift,
    List<QueuedOperation> operations,
    List<DueTask> tasks) {

  /**
   * How a gateway is spoken with.
   *
   * @param password encrypted
   * @param certificate SHA-256 of the one that it may show
   * @param oldTls whether TLS 1.0 and 1.1 are allowed for it
   * @param zone in which its clock runs
   */
  public record ThroughGateway(
      String address,
      String userName,
      byte[] password,
      String certificate,
      boolean oldTls,
      ZoneId zone) {}

  /**
   * @param failures that went before, one after the other
   * @param deadline after the regular time, at which the reading is late
   */
  public record DueTask(
      int planId, Set<TaskKind> kinds, PlanTiming timing, Duration deadline, int failures) {}
}
