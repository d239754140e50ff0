package org.meterledger.web.reading;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterledger.access.Access;
import org.meterledger.driver.Fault;
import org.meterledger.network.Network;
import org.meterledger.network.Networks;
import org.meterledger.reading.ReadingAttempts;
import org.meterledger.reading.ReadingPlan;
import org.meterledger.reading.ReadingPlans;
import org.meterledger.reading.ReadingState;
import org.meterledger.web.layout.Texts;

/** Backs readings.xhtml. */
@Named("readingOverview")
@RequestScoped
public class ReadingOverviewPage {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SLOT = Duration.ofMinutes(5);
  private static final int SLOTS = 3;

  @Inject private ReadingPlans plans;
  @Inject private Access access;
  @Inject private ReadingState state;
  @Inject private ReadingAttempts attempts;
  @Inject private Networks networks;
  @Inject private Texts texts;
  @Inject private Clock clock;

  private ReadingState.Snapshot snapshot;
  private List<ReadingPlan> all;
  private Map<Integer, ReadingPlan.Load> loads;
  private List<ReadingAttempts.Count> ofDay;
  private List<ReadingAttempts.Count> ofMinutes;

  /** So many attempts had this fault. */
  public record FaultCount(String fault, long attempts) {}

  @PostConstruct
  void look() {
    var now = clock.instant();
    snapshot = state.now();
    all = plans.all();
    loads = new HashMap<>(snapshot.loads());
    loads.keySet().retainAll(all.stream().map(ReadingPlan::id).toList());
    ofDay = attempts.counts(now.minus(DAY), Duration.ofHours(1));
    var full = lastFullSlot(now);
    ofMinutes =
        attempts.counts(full.minus(SLOT.multipliedBy(SLOTS)), SLOT).stream()
            .filter(count -> count.at().isBefore(full))
            .toList();
  }

  private static Instant lastFullSlot(Instant now) {
    long seconds = SLOT.toSeconds();
    return Instant.ofEpochSecond(now.getEpochSecond() / seconds * seconds);
  }

  /** Whether all meters may be seen, and so what is counted over them. */
  public boolean isWhole() {
    return access.sight().everything();
  }

  public List<ReadingPlan> getPlans() {
    return all;
  }

  public ReadingPlan.Load load(ReadingPlan plan) {
    return loads.getOrDefault(plan.id(), new ReadingPlan.Load(plan.id(), 0, 0, 0));
  }

  /** Null where it follows times like crontab. */
  public Duration every(ReadingPlan plan) {
    var seconds = plan.details().getEverySeconds();
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  public long getDue() {
    return loads.values().stream().mapToLong(ReadingPlan.Load::due).sum();
  }

  public long getLate() {
    return loads.values().stream().mapToLong(ReadingPlan.Load::late).sum();
  }

  public long getTasks() {
    return loads.values().stream().mapToLong(ReadingPlan.Load::meters).sum();
  }

  public ReadingState.Snapshot getState() {
    return snapshot;
  }

  public List<Network> getNetworks() {
    return networks.all();
  }

  /** Open with this network, over all nodes. */
  public long sessions(Network network) {
    return snapshot.sessions().getOrDefault(network.id(), 0L);
  }

  /** In the last quarter of an hour that is counted. */
  public BigDecimal getAttemptsPerSecond() {
    return perSecond(ofMinutes.stream().mapToLong(ReadingAttempts.Count::attempts).sum());
  }

  /** New rows of load profiles, in the same time. */
  public BigDecimal getRowsPerSecond() {
    return perSecond(ofMinutes.stream().mapToLong(ReadingAttempts.Count::rows).sum());
  }

  private static BigDecimal perSecond(long count) {
    return BigDecimal.valueOf(count)
        .divide(BigDecimal.valueOf(SLOT.toSeconds() * SLOTS), 2, RoundingMode.HALF_UP);
  }

  /** Attempts of the last day. */
  public long getAttempts() {
    return ofDay.stream().mapToLong(ReadingAttempts.Count::attempts).sum();
  }

  /** Of the last day, the most frequent first; what a meter does not keep is none. */
  public List<FaultCount> getFaults() {
    var sums =
        ofDay.stream()
            .filter(count -> !count.fault().isEmpty() && !count.result().equals("NOT_KEPT"))
            .collect(
                Collectors.groupingBy(
                    ReadingAttempts.Count::fault,
                    TreeMap::new,
                    Collectors.summingLong(ReadingAttempts.Count::attempts)));
    return sums.entrySet().stream()
        .map(entry -> new FaultCount(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(FaultCount::attempts).reversed())
        .toList();
  }

  /** Begin of the first hour of the chart. */
  public Instant getFrom() {
    return clock.instant().minus(DAY).plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.HOURS);
  }

  /** For the script, which has no bundle: what complete and each fault are called, in order. */
  public String getNames() {
    var names = Json.createObjectBuilder().add("", texts.get("result.COMPLETE"));
    Stream.concat(Stream.of(Fault.Kind.values()).map(Enum::name), Stream.of("INTERNAL"))
        .forEach(fault -> names.add(fault, texts.of("fault", fault)));
    return names.build().toString();
  }

  public String getWords() {
    return Json.createObjectBuilder()
        .add("failed", texts.get("chart.failed"))
        .add("noData", texts.get("plans.noAttempts"))
        .build()
        .toString();
  }
}
