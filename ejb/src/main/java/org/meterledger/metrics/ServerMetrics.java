package org.meterledger.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.archive.Archived;
import org.meterledger.archive.Delivery.Attempt;
import org.meterledger.reading.ReadingRound;

/**
 * The numbers to watch; the README names them. Counters are of this node, gauges of queues are of
 * all nodes together. The registry that WildFly 39 gives takes these by its own methods only: what
 * a builder registers there is never shown.
 */
@ApplicationScoped
public class ServerMetrics {

  private static final List<String> STATES =
      List.of("AWAITING_APPROVAL", "QUEUED", "CLAIMED", "RUNNING", "WAITING");

  private static final String NONE = "none";

  private final MeterRegistry registry;
  private final QueueFigures queues;
  private final ReadingRound round;
  private final ArchiveWriter writer;

  /** For the client proxy only. */
  protected ServerMetrics() {
    this(null, null, null, null);
  }

  @Inject
  ServerMetrics(
      MeterRegistry registry, QueueFigures queues, ReadingRound round, ArchiveWriter writer) {
    this.registry = registry;
    this.queues = queues;
    this.round = round;
    this.writer = writer;
  }

  void register() {
    for (var state : STATES) {
      registry.gauge(
          "meterledger.operations",
          Tags.of("state", state.toLowerCase(Locale.ROOT)),
          queues,
          figures -> figures.operations(state));
    }
    gauge("meterledger.operation.lateness.seconds", queues, QueueFigures::operationLateness);
    gauge("meterledger.reading.lateness.seconds", queues, QueueFigures::readingLateness);
    gauge("meterledger.sessions.open", round, ReadingRound::open);
    gauge("meterledger.archive.queue", writer, ArchiveWriter::waiting);
  }

  private <T> void gauge(String name, T of, ToDoubleFunction<T> number) {
    registry.gauge(name, Tags.empty(), of, number);
  }

  void archived(@Observes Archived batch) {
    batch.attempts().forEach(this::count);
    rows("new", batch.rows().stored());
    rows("superseding", batch.rows().superseded());
    registry.timer("meterledger.archive.transaction", Tags.empty()).record(batch.took());
  }

  private void count(Attempt attempt) {
    var tags =
        Tags.of(
            "kind", attempt.kind().toLowerCase(Locale.ROOT),
            "result", attempt.result().name().toLowerCase(Locale.ROOT),
            "fault", attempt.fault() == null ? NONE : attempt.fault().toLowerCase(Locale.ROOT));
    registry.counter("meterledger.attempts", tags).increment();
  }

  private void rows(String how, int number) {
    registry.counter("meterledger.archive.rows", Tags.of("how", how)).increment(number);
  }
}
