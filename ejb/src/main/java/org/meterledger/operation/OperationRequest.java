package org.meterledger.operation;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
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

  /** Of what a sender gives things a name by. */
  static final int LONGEST_TEXT = 100;

  private static final Duration USUAL_LIFE = Duration.ofDays(1);

  /** Longer than this no operation waits, so that old partitions hold none that is alive. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(92);

  private static final int HIGHEST_PRIORITY = 9;
  private static final int MOST_STEPS = 50;

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

  /** The same with other parameters for what is to be done. */
  OperationRequest withWork(List<Step> work) {
    boolean single = steps.isEmpty();
    return new OperationRequest(
        kind,
        single ? work.get(0).parameters() : parameters,
        single ? List.of() : work,
        priority,
        notBefore,
        expiresAt,
        bypassRetry,
        stopOnFailure,
        correlationId);
  }

  /**
   * Checks what no meter needs to be known for.
   *
   * @throws InvalidOperation when a rule is broken
   */
  void check(Instant now) {
    if (priority != null && (priority < 0 || priority > HIGHEST_PRIORITY)) {
      throw new InvalidOperation("priority", "range", "priority is 0 to 9, higher first");
    }
    if (steps.size() > MOST_STEPS) {
      throw new InvalidOperation("steps", "size", "A bundle has at most 50 steps");
    }
    if (!steps.isEmpty() && kind != null) {
      throw new InvalidOperation("kind", "ambiguous", "There is kind or there are steps");
    }
    if (correlationId != null
        && (correlationId.isBlank() || correlationId.length() > LONGEST_TEXT)) {
      throw new InvalidOperation("correlationId", "size", "correlationId has 1 to 100 characters");
    }
    checkTimes(now);
  }

  private void checkTimes(Instant now) {
    var begin = begin(now);
    if (begin.isAfter(now.plus(LONGEST_LIFE))) {
      throw new InvalidOperation("notBefore", "range", "notBefore is within 92 days");
    }
    var end = end(now);
    if (!end.isAfter(now)) {
      throw new InvalidOperation("expiresAt", "future", "expiresAt is over");
    }
    if (!end.isAfter(begin)) {
      throw new InvalidOperation("expiresAt", "range", "expiresAt is after notBefore");
    }
    if (end.isAfter(now.plus(LONGEST_LIFE).plus(USUAL_LIFE))) {
      throw new InvalidOperation("expiresAt", "range", "expiresAt is within 92 days");
    }
  }

  /** When it may be tried first, if it is asked now. */
  Instant begin(Instant now) {
    return notBefore == null || notBefore.isBefore(now) ? now : notBefore;
  }

  /** From when on it is not tried any more, if it is asked now. */
  Instant end(Instant now) {
    return expiresAt == null ? begin(now).plus(USUAL_LIFE) : expiresAt;
  }
}
