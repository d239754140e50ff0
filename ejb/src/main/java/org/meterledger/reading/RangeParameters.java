package org.meterledger.reading;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.meterledger.metering.Interval;
import org.meterledger.metering.ObisCode;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OperationParameter;

/**
 * From when to when is read, and out of which buffer: the only one of the model if none is named.
 */
final class RangeParameters {

  private static final String FROM = "from";
  private static final String TO = "to";

  /** More than any meter keeps. */
  private static final Duration LONGEST = Duration.ofDays(3_700);

  private RangeParameters() {}

  /**
   * @param buffer name of the parameter that names the buffer
   */
  static List<OperationParameter> of(String buffer, Collection<ObisCode> buffers) {
    var choices = buffers.stream().map(ObisCode::toString).sorted().toList();
    return List.of(
        OperationParameter.time(FROM, true),
        OperationParameter.time(TO, true),
        OperationParameter.choice(buffer, choices.size() != 1, choices));
  }

  static void check(JsonObject parameters) {
    var from = Instant.parse(parameters.getString(FROM));
    var to = Instant.parse(parameters.getString(TO));
    if (!from.isBefore(to)) {
      throw new InvalidOperation("parameters.to", "range", "to is after from");
    }
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new InvalidOperation("parameters.from", "range", "from is at most ten years before to");
    }
  }

  static Interval span(JsonObject parameters) {
    return new Interval(
        Instant.parse(parameters.getString(FROM)), Instant.parse(parameters.getString(TO)));
  }

  static ObisCode buffer(String name, JsonObject parameters, Collection<ObisCode> buffers) {
    return parameters.containsKey(name)
        ? ObisCode.of(parameters.getString(name))
        : buffers.iterator().next();
  }
}
