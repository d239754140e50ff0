package org.meterledger.web.operation;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.meterledger.operation.OperationRequest;

/**
 * What a caller sends to have something done; see {@link OperationRequest} for what is left out
 * here.
 *
 * @param meter serial number, for one meter
 * @param group id of a group of meters, for many
 * @param meters serial numbers, for many
 * @param goOnAtFailure whether later steps of a bundle are done when one has failed
 */
public record OperationBody(
    String meter,
    Integer group,
    List<String> meters,
    String kind,
    JsonObject parameters,
    List<StepBody> steps,
    Integer priority,
    Instant notBefore,
    Instant expiresAt,
    boolean bypassRetry,
    boolean goOnAtFailure,
    String correlationId) {

  /** A step of a bundle. */
  public record StepBody(String kind, JsonObject parameters) {}

  OperationRequest request() {
    return new OperationRequest(
        kind,
        parameters,
        steps == null
            ? List.of()
            : steps.stream()
                .map(step -> new OperationRequest.Step(step.kind(), step.parameters()))
                .toList(),
        priority,
        notBefore,
        expiresAt,
        bypassRetry,
        !goOnAtFailure,
        correlationId);
  }
}
