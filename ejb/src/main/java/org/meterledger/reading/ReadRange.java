package org.meterledger.reading;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.meterledger.driver.Capability;
import org.meterledger.driver.MeterSession;
import org.meterledger.metering.Interval;
import org.meterledger.metering.ObisCode;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/**
 * Reads again what a buffer of the meter recorded from when to when: out of the only buffer of the
 * model if none is named.
 *
 * @param <S> what such buffers are read by
 */
abstract class ReadRange<S extends Capability> implements OperationKind {

  private static final String FROM = "from";
  private static final String TO = "to";

  /** More than any meter keeps. */
  private static final Duration LONGEST = Duration.ofDays(3_700);

  private final Class<S> source;
  private final String buffer;
  private final ReadingContext context;

  /**
   * @param buffer name of the parameter that names the buffer
   */
  protected ReadRange(Class<S> source, String buffer, ReadingContext context) {
    this.source = source;
    this.buffer = buffer;
    this.context = context;
  }

  /** The buffers of the model. */
  protected abstract Set<ObisCode> buffers(S from);

  protected abstract void read(
      MeterReading reading, S from, ObisCode which, Interval span, Progress progress)
      throws InterruptedException;

  @Override
  public Class<? extends Capability> needs() {
    return source;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    var choices =
        buffers(unopened.as(source).orElseThrow()).stream()
            .map(ObisCode::toString)
            .sorted()
            .toList();
    return List.of(
        OperationParameter.time(FROM, true),
        OperationParameter.time(TO, true),
        OperationParameter.choice(buffer, choices.size() != 1, choices));
  }

  @Override
  public void check(MeterSession unopened, JsonObject parameters) {
    var from = Instant.parse(parameters.getString(FROM));
    var to = Instant.parse(parameters.getString(TO));
    if (!from.isBefore(to)) {
      throw new InvalidOperation("parameters.to", "range", "to is after from");
    }
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new InvalidOperation("parameters.from", "range", "from is at most ten years before to");
    }
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) throws InterruptedException {
    var progress = new Progress();
    var from = meter.session().as(source).orElseThrow();
    var which =
        parameters.containsKey(buffer)
            ? ObisCode.of(parameters.getString(buffer))
            : buffers(from).iterator().next();
    var span =
        new Interval(
            Instant.parse(parameters.getString(FROM)), Instant.parse(parameters.getString(TO)));
    read(new MeterReading(meter, context), from, which, span, progress);
    var told =
        Json.createObjectBuilder()
            .add(buffer, which.toString())
            .add("received", progress.received())
            .build();
    return new Outcome(told, progress);
  }
}
