package org.meterledger.reading;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.meterledger.archive.Delivery;
import org.meterledger.driver.Fault;
import org.meterledger.meter.UnreadableSecret;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.Progress;
import org.meterledger.operation.QueuedOperation;
import org.meterledger.server.LogContext;

/** Does the operations of one meter in one session, one after the other, each with its result. */
final class OperationRun {

  private static final String STOPPED = "STOPPED";

  private final List<QueuedOperation> operations;
  private final OpenMeter meter;
  private final ReadingContext context;
  private final Consumer<Fault> faults;

  /** Bundle whose further steps are not done now, with what becomes of them; null without. */
  private Halt halt;

  OperationRun(
      List<QueuedOperation> operations,
      OpenMeter meter,
      ReadingContext context,
      Consumer<Fault> faults) {
    this.operations = operations;
    this.meter = meter;
    this.context = context;
    this.faults = faults;
  }

  /**
   * @param retryAt when the bundle goes on; null when it does not
   */
  private record Halt(long bundleId, Instant retryAt, String reason) {}

  /**
   * @param refusal why the meter is not asked at all; null when it is
   * @param last whether nothing follows, so that the last delivery may wait for the session's end
   */
  void run(Fault refusal, boolean last) throws InterruptedException {
    for (int i = 0; i < operations.size(); i++) {
      var operation = operations.get(i);
      if (halt != null && Long.valueOf(halt.bundleId()).equals(operation.bundleId())) {
        skip(operation);
      } else {
        attempt(operation, refusal);
      }
      if (!last || i < operations.size() - 1) {
        store();
      }
    }
  }

  /** What came is stored, and who waits for it told, before anything else is asked. */
  private void store() throws InterruptedException {
    try {
      meter.submit().get();
    } catch (ExecutionException e) {
      // the archive has told the log, and the operation that it failed
      faults.accept(new Fault(Fault.Kind.BUSY, "Archive did not take a result: " + e.getCause()));
    }
  }

  private void skip(QueuedOperation operation) {
    boolean later = halt.retryAt() != null;
    meter
        .delivery()
        .operation(
            new Delivery.OperationEnd(
                operation.id(),
                later ? "QUEUED" : "CANCELLED",
                later ? null : context.clock().instant(),
                halt.retryAt(),
                null,
                later ? null : STOPPED,
                later ? null : halt.reason(),
                null));
  }

  private void attempt(QueuedOperation operation, Fault refusal) throws InterruptedException {
    var startedAt = context.clock().instant();
    OperationKind.Outcome outcome;
    if (refusal != null) {
      var progress = new Progress();
      progress.fail(refusal);
      outcome = new OperationKind.Outcome(JsonValue.EMPTY_JSON_OBJECT, progress);
    } else {
      context.operations().begin(operation, startedAt);
      outcome = outcome(operation);
      faults.accept(outcome.progress().fault());
    }
    end(operation, outcome, startedAt);
  }

  private OperationKind.Outcome outcome(QueuedOperation operation) throws InterruptedException {
    var kind = context.kinds().find(operation.kind());
    if (kind.isEmpty()) {
      return cannot("This node knows no operation " + operation.kind());
    }
    JsonObject parameters;
    try {
      parameters = context.operations().parameters(operation);
    } catch (UnreadableSecret e) {
      return cannot("This node cannot read what was given along: " + e.getMessage());
    }
    try (var log = LogContext.request(operation.correlationId())) {
      return kind.get().run(meter, parameters);
    }
  }

  private static OperationKind.Outcome cannot(String why) {
    var progress = new Progress();
    progress.fail(new Fault(Fault.Kind.UNSUPPORTED, why));
    return new OperationKind.Outcome(JsonValue.EMPTY_JSON_OBJECT, progress);
  }

  private void end(QueuedOperation operation, OperationKind.Outcome outcome, Instant startedAt) {
    var now = context.clock().instant();
    var progress = outcome.progress();
    var fault = progress.fault();
    var retryAt = fault == null ? null : retryAt(operation, fault, now);
    String state = fault == null ? "SUCCEEDED" : retryAt == null ? "FAILED" : "WAITING";
    boolean told = fault == null || progress.kept();
    meter
        .delivery()
        .attempt(ReadingSession.attempt(operation.kind(), operation.id(), startedAt, now, progress))
        .operation(
            new Delivery.OperationEnd(
                operation.id(),
                state,
                retryAt == null ? now : null,
                retryAt,
                told ? outcome.result() : null,
                fault == null ? null : fault.kind().name(),
                fault == null ? null : fault.detail(),
                progress.stored()));
    if (fault != null && operation.bundleId() != null) {
      halt(operation, retryAt);
    }
  }

  /** In its order or not at all: what waits makes the later steps wait. */
  private void halt(QueuedOperation operation, Instant retryAt) {
    if (retryAt != null || operation.stopOnFailure()) {
      halt =
          new Halt(
              operation.bundleId(),
              retryAt,
              "Step %d, %s, failed".formatted(operation.step(), operation.kind()));
    }
  }

  /** Null when it is not tried again. */
  private Instant retryAt(QueuedOperation operation, Fault fault, Instant now) {
    boolean repeatable =
        context.kinds().find(operation.kind()).map(OperationKind::repeatable).orElse(false);
    if (!fault.kind().retryable() || operation.bypassRetry() || !repeatable) {
      return null;
    }
    var again = BackOff.operation(operation.attempts(), now);
    return again.isBefore(operation.expiresAt()) ? again : null;
  }
}
