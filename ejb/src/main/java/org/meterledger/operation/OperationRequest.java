package org.meterledger.operation;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;

/**
 * What a person or a system asks of one meter, or of many.
 *
 * @param kind name of an {@link OperationKind}; null exactly when there are steps
 * @param parameters of the kind; null for none
 * @param steps a bundle: done in one session and in this order, each with a result of its own;
 *     empty for a single operation
 * @param priority 0..9, higher first; null for {@value #USUAL_PRIORITY}
 * @param notBefore null for at once
 * @param expiresAt not tried any more from then on; null for a day after it may begin
 * @param bypassRetry tried once only
 * @param stopOnFailure whether a step that failed keeps the later ones from being tried
 * @param correlationId what the sender knows it by, at most 100 characters; null for the id
 */
public record OperationRequest(
    String kind,
    JsonObject parameters,
    List<Step> steps,
    Integer priority,
    Instant notBefore,
    Instant expiresAt,
    boolean bypassRetry,
    boolean stopOnFailure,
    String correlationId) {

  public static final int USUAL_PRIORITY = 4;

  /** A step of a bundle. */
  public record Step(String kind, JsonObject parameters) {
    public Step {
      parameters = parameters == null ? JsonValue.EMPTY_JSON_OBJECT : parameters;
    }
  }

  public OperationRequest {
    parameters = parameters == null ? JsonValue.EMPTY_JSON_OBJECT : parameters;
    steps = steps == null ? List.of() : List.copyOf(steps);
  }

  /** One operation with all else as usual. */
  public static OperationRequest of(String kind, JsonObject parameters) {
    return new OperationRequest(kind, parameters, List.of(), null, null, null, false, true, null);
  }

  /** What is to be done, a single operation as the only step. */
  List<Step> work() {
    return steps.isEmpty() ? List.of(new Step(kind, parameters)) : steps;
  }
}
