package org.meterledger.web.operation;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationState;

/** An operation as the API shows it; ids are strings, what is not known is left out. */
public record OperationView(
    String id,
    String meter,
    String group,
    String bundle,
    ApprovalView approval,
    int step,
    String kind,
    JsonObject parameters,
    int priority,
    Instant notBefore,
    Instant expiresAt,
    Instant nextTryAt,
    boolean bypassRetry,
    boolean goOnAtFailure,
    String correlationId,
    String requestedBy,
    Instant requestedAt,
    OperationState state,
    int attempts,
    String node,
    Instant startedAt,
    Instant endedAt,
    JsonObject result,
    String fault,
    String detail) {

  static OperationView of(MeterOperation operation) {
    return new OperationView(
        String.valueOf(operation.id()),
        operation.serialNumber(),
        text(operation.groupId()),
        text(operation.bundleId()),
        ApprovalView.of(operation.approval()),
        operation.step(),
        operation.kind(),
        json(operation.parameters()),
        operation.priority(),
        operation.notBefore(),
        operation.expiresAt(),
        operation.state().ended() || operation.state() == OperationState.AWAITING_APPROVAL
            ? null
            : operation.dueAt(),
        operation.bypassRetry(),
        !operation.stopOnFailure(),
        operation.correlationId(),
        operation.requestedBy(),
        operation.requestedAt(),
        operation.state(),
        operation.attempts(),
        operation.node(),
        operation.startedAt(),
        operation.endedAt(),
        json(operation.result()),
        operation.fault(),
        operation.detail());
  }

  static String text(Long id) {
    return id == null ? null : id.toString();
  }

  static JsonObject json(String text) {
    if (text == null) {
      return null;
    }
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
