package org.meterledger.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.meterledger.archive.Delivery;
import org.meterledger.archive.Delivery.Attempt;
import org.meterledger.archive.Delivery.Attempt.Result;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Finding;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.Progress;

/**
 * One session with one meter: does its operations, then reads what its plans ask for. The last
 * delivery carries how it went and gives the lease back, and nobody waits for it, so that the next
 * meter can be read meanwhile.
 */
final class ReadingSession {

  /** Stands where else the kind of a meter's fault stands. */
  static final String INTERNAL = "INTERNAL";

  private final DueMeter due;
  private final ReadingContext context;
  private final Clock clock;
  private final OpenMeter meter;
  private boolean answered;
  private Fault lastFault;
  private String firmware;

  ReadingSession(DueMeter due, MeterSession session, ReadingContext context) {
    this.due = due;
    this.context = context;
    this.clock = context.clock();
    this.meter =
        new OpenMeter(due.id(), due.model(), session, context.writer(), clock, ReadingRound.LEASE);
  }

  void run() throws InterruptedException {
    var refusal = identify();
    note(refusal);
    new OperationRun(due.operations(), meter, context, this::note)
        .run(refusal, due.tasks().isEmpty());
    read(refusal);
    reportClock();
    meter
        .delivery()
        .contact(
            new Delivery.Contact(
                clock.instant(),
                answered,
                lastFault == null ? null : lastFault.kind().name(),
                lastFault == null ? null : lastFault.detail(),
                meter.clockDrift(),
                firmware,
                answered ? null : BackOff.rest(due.failures() + 1, clock.instant())));
    context.writer().submit(meter.delivery());
  }

  /**
   * A bug ended the session: what it had not handed over is dropped, for it cannot be trusted; the
   * attempts tell of it, and the meter is read again at its regular time.
   */
  static Delivery brokenOff(DueMeter meter, RuntimeException bug, Instant now) {
    var detail = "Reading broke off: " + bug;
    var left = new Delivery(meter.id(), now);
    for (var kind : kinds(meter)) {
      left.attempt(
          new Attempt(
              kind.name(), null, now, now, Result.FAILED, INTERNAL, detail, null, 0, null, 0));
    }
    for (var operation : meter.operations()) {
      left.operation(
          new Delivery.OperationEnd(
              operation.id(), "FAILED", now, null, null, INTERNAL, detail, null));
    }
    for (var task : meter.tasks()) {
      left.task(new Delivery.TaskEnd(task.planId(), task.timing().next(meter.id(), now), null));
    }
    return left.contact(
        new Delivery.Contact(
            now, false, INTERNAL, detail, null, null, BackOff.rest(meter.failures() + 1, now)));
  }

  private static TreeSet<TaskKind> kinds(DueMeter meter) {
    var kinds = new TreeSet<TaskKind>();
    meter.tasks().forEach(task -> kinds.addAll(task.kinds()));
    return kinds;
  }

  /** Nothing is stored of a meter that is not the one we think we call: the fault, or null. */
  private Fault identify() {
    return meter
        .session()
        .identify()
        .fold(
            complete -> checkSerial(complete.value()),
            partial -> partial.fault(),
            failed -> failed.fault());
  }

  private Fault checkSerial(MeterSession.Identification found) {
    answered = true;
    if (!found.serialNumber().equals(due.serialNumber())) {
      return new Fault(
          Fault.Kind.INVALID_DATA,
          "At %s answers meter %s, not %s"
              .formatted(due.address(), found.serialNumber(), due.serialNumber()));
    }
    firmware = found.firmware();
    meter.told(found.meterTime());
    return null;
  }

  private void note(Fault fault) {
    if (fault != null && fault.kind().ofContact()) {
      lastFault = fault;
    }
  }

  /** Each kind once, whatever plans ask for it. */
  private void read(Fault refusal) throws InterruptedException {
    var faults = new EnumMap<TaskKind, Fault>(TaskKind.class);
    var attempts = new ArrayList<Attempt>();
    var reading = new MeterReading(meter, context);
    for (var kind : kinds(due)) {
      var startedAt = clock.instant();
      var progress = new Progress();
      if (refusal != null) {
        progress.fail(refusal);
      } else {
        reading.read(kind, progress);
        answered |= progress.answered();
        note(progress.fault());
      }
      if (progress.fault() != null) {
        faults.put(kind, progress.fault());
      }
      attempts.add(attempt(kind.name(), null, startedAt, clock.instant(), progress));
    }
    // with the last delivery, for its rows belong to the last attempt that brought some
    attempts.forEach(meter.delivery()::attempt);
    var now = clock.instant();
    due.tasks().forEach(task -> meter.delivery().task(end(task, faults, now)));
  }

  /** What an attempt leaves behind. */
  static Attempt attempt(
      String kind, Long operationId, Instant startedAt, Instant endedAt, Progress progress) {
    var fault = progress.fault();
    return new Attempt(
        kind,
        operationId,
        startedAt,
        endedAt,
        result(operationId == null, progress),
        fault == null ? null : fault.kind().name(),
        fault == null ? null : fault.detail(),
        fault == null ? null : fault.answer(),
        progress.received(),
        progress.stored(),
        progress.refused());
  }

  /** An operation that asks for what a meter does not have has failed; a plan for many has not. */
  private static Result result(boolean planned, Progress progress) {
    var fault = progress.fault();
    if (fault == null) {
      return Result.COMPLETE;
    }
    if (progress.kept()) {
      return Result.PARTIAL;
    }
    return planned && fault.kind() == Fault.Kind.UNSUPPORTED ? Result.NOT_KEPT : Result.FAILED;
  }

  private Delivery.TaskEnd end(DueMeter.DueTask task, Map<TaskKind, Fault> faults, Instant now) {
    var regular = task.timing().next(due.id(), now);
    var faultsHere =
        task.kinds().stream()
            .map(faults::get)
            .filter(Objects::nonNull)
            // what a meter does not have is not missing
            .filter(fault -> fault.kind() != Fault.Kind.UNSUPPORTED)
            .toList();
    if (faultsHere.isEmpty()) {
      return new Delivery.TaskEnd(task.planId(), regular, regular.plus(task.deadline()));
    }
    boolean retry = faultsHere.stream().anyMatch(fault -> fault.kind().retryable());
    var again = BackOff.reading(task.failures(), now);
    return new Delivery.TaskEnd(
        task.planId(), retry && again.isBefore(regular) ? again : regular, null);
  }

  /** Once when it becomes too large, not at every contact. */
  private void reportClock() {
    var drift = meter.clockDrift();
    if (drift != null && tooLarge(drift) && !tooLarge(due.clockDrift())) {
      meter
          .delivery()
          .findings(
              List.of(
                  new Finding(
                      Finding.Kind.CLOCK_OFF,
                      Map.of(
                          "drift", seconds(drift) + " s",
                          "limit", due.clockLimit().toSeconds() + " s"))));
    }
  }

  private boolean tooLarge(Duration drift) {
    return drift != null && drift.abs().compareTo(due.clockLimit()) > 0;
  }

  private static String seconds(Duration drift) {
    return java.math.BigDecimal.valueOf(drift.toMillis(), 3).toPlainString();
  }
}
