package org.meterledger.reading;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterledger.archive.Delivery;
import org.meterledger.driver.model.PeriodEndRegisters;
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
 * @param zone of the place where it stands
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
    ZoneId zone,
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
   * @param every how often the plan wants it; null where it names times
   * @param deadline after the regular time, at which the reading is late
   * @param grid at the ends of which periods the registers are read; null for other tasks
   */
  public record DueTask(
      int planId,
      Set<TaskKind> kinds,
      PlanTiming timing,
      Duration every,
      Duration deadline,
      int failures,
      PeriodGrid grid) {

    /** When it is regular again. */
    Delivery.TaskEnd next(int meterId, Instant now, boolean failed) {
      var regular = timing.next(meterId, now);
      return new Delivery.TaskEnd(
          planId, regular, failed ? null : regular.plus(deadline), grid != null);
    }

    /** When it is tried again after a fault that another try can cure. */
    Delivery.TaskEnd again(int meterId, Instant now) {
      var again = BackOff.reading(failures, now);
      boolean inTime = grid == null || grid.storable(grid.endAtOrBefore(now), again);
      return again.isBefore(timing.next(meterId, now)) && inTime
          ? new Delivery.TaskEnd(planId, again, null, grid != null)
          : next(meterId, now, true);
    }

    private DueTask byReading(PeriodGrid at) {
      return new DueTask(planId, kinds, PlanTiming.atPeriodEnds(at), every, deadline, failures, at);
    }
  }

  /**
   * The load profile of a model that keeps none is read at the ends of its periods, whatever spread
   * the plan has: as often as the plan wants where the model allows that, else as usual.
   */
  DueMeter byReading(Optional<PeriodEndRegisters> registers) {
    if (registers.isEmpty()) {
      return this;
    }
    var aligned =
        tasks.stream()
            .map(
                task ->
                    task.kinds().contains(TaskKind.LOAD_PROFILE)
                        ? task.byReading(new PeriodGrid(registers.get().period(task.every()), zone))
                        : task)
            .toList();
    return new DueMeter(
        id,
        networkId,
        serialNumber,
        model,
        address,
        userName,
        password,
        gateway,
        startAt,
        failures,
        clockLimit,
        clockDrift,
        zone,
        operations,
        aligned);
  }
}
