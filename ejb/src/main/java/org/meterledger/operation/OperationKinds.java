package org.meterledger.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.meterledger.access.Permission;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.driver.model.MeterModels;

/** What can be asked, and what of it a model of meter can do. No meter is called here. */
@ApplicationScoped
public class OperationKinds {

  /** Stands for the address of a meter that is not called. */
  private static final Endpoint NOWHERE =
      new Endpoint.Http(URI.create("http://0.0.0.0"), null, null, Duration.ofSeconds(1));

  private final Iterable<OperationKind> beans;
  private volatile Map<String, OperationKind> known;
  private final Iterable<MeterDriver> drivers;
  private final MeterModels models;

  /** For the client proxy only. */
  protected OperationKinds() {
    beans = null;
    drivers = null;
    models = null;
  }

  @Inject
  OperationKinds(
      @Any Instance<OperationKind> kinds, @Any Instance<MeterDriver> drivers, MeterModels models) {
    this((Iterable<OperationKind>) kinds, drivers, models);
  }

  /** Outside a server the caller brings them. */
  public OperationKinds(
      Iterable<OperationKind> kinds, Iterable<MeterDriver> drivers, MeterModels models) {
    this.beans = kinds;
    this.drivers = drivers;
    this.models = models;
  }

  /** Looked up late: the kinds need the readings, and the readings need the kinds. */
  private Map<String, OperationKind> kinds() {
    var all = known;
    if (all == null) {
      all =
          StreamSupport.stream(beans.spliterator(), false)
              .collect(
                  Collectors.toMap(
                      OperationKind::name,
                      Function.identity(),
                      (a, b) -> {
                        throw new IllegalStateException("Two kinds of operation " + a.name());
                      },
                      TreeMap::new));
      known = all;
    }
    return all;
  }

  /** A kind that a model offers, with what may be given along. */
  public record Offer(String kind, List<OperationParameter> parameters) {}

  public Optional<OperationKind> find(String name) {
    return Optional.ofNullable(name).map(kinds()::get);
  }

  /** What asking for it takes; of one that is not known nothing more than others do. */
  public Permission permission(String name) {
    return find(name).map(OperationKind::permission).orElse(Permission.OPERATE);
  }

  /** Names of all kinds, sorted. */
  public List<String> names() {
    return List.copyOf(kinds().keySet());
  }

  /** Names of the kinds that may be sent again unseen. */
  public List<String> repeatable() {
    return kinds().values().stream()
        .filter(OperationKind::repeatable)
        .map(OperationKind::name)
        .toList();
  }

  /** What a model can be asked for, by name. */
  public List<Offer> offers(String modelId) {
    try (var session = unopened(modelId)) {
      return kinds().values().stream()
          .filter(kind -> can(session, kind))
          .map(kind -> new Offer(kind.name(), kind.parameters(session)))
          .toList();
    }
  }

  /**
   * What all of these models can be asked for, by name; nothing where there is no model.
   *
   * <p>What can be chosen is what all of them let choose.
   */
  public SortedMap<String, List<OperationParameter>> common(Collection<String> modelIds) {
    SortedMap<String, List<OperationParameter>> common = null;
    for (var modelId : modelIds) {
      var offered =
          offers(modelId).stream()
              .collect(Collectors.toMap(Offer::kind, Offer::parameters, (a, b) -> a, TreeMap::new));
      if (common == null) {
        common = offered;
      } else {
        common.keySet().retainAll(offered.keySet());
        common.replaceAll((kind, parameters) -> both(parameters, offered.get(kind)));
      }
    }
    return common == null ? new TreeMap<>() : common;
  }

  private static List<OperationParameter> both(
      List<OperationParameter> some, List<OperationParameter> others) {
    return some.stream()
        .flatMap(
            one ->
                others.stream()
                    .filter(other -> other.name().equals(one.name()))
                    .map(one::narrowedBy))
        .toList();
  }

  /**
   * Checks what is asked of a model.
   *
   * @param field where the step stands in the request, with a dot behind; empty for a single one
   * @throws InvalidOperation when a rule is broken
   */
  void check(String modelId, OperationRequest.Step step, String field) {
    var kind =
        find(step.kind())
            .orElseThrow(
                () ->
                    new InvalidOperation(
                        field + "kind",
                        step.kind() == null ? "required" : "unknown",
                        "kind is one of " + names()));
    try (var session = unopened(modelId)) {
      if (!can(session, kind)) {
        throw new InvalidOperation(
            field + "kind", "unsupported", "Meters of model " + modelId + " cannot " + kind.name());
      }
      check(kind.parameters(session), step.parameters());
      kind.check(session, step.parameters());
    } catch (InvalidOperation e) {
      throw e.field().startsWith(field)
          ? e
          : new InvalidOperation(field + e.field(), e.rule(), e.getMessage());
    }
  }

  /** Names of the parameters of a step that nobody may read, for any of the models. */
  Set<String> secrets(Collection<String> modelIds, OperationRequest.Step step) {
    var names = new TreeSet<String>();
    for (var modelId : modelIds) {
      try (var session = unopened(modelId)) {
        find(step.kind())
            .filter(kind -> can(session, kind))
            .ifPresent(
                kind ->
                    kind.parameters(session).stream()
                        .filter(each -> each.type() == OperationParameter.Type.SECRET)
                        .forEach(each -> names.add(each.name())));
      }
    }
    return names;
  }

  private static void check(List<OperationParameter> known, JsonObject given) {
    for (var name : given.keySet()) {
      if (known.stream().noneMatch(parameter -> parameter.name().equals(name))) {
        throw new InvalidOperation(
            "parameters." + name, "unknown", name + " is not a parameter here");
      }
    }
    for (var parameter : known) {
      var value = given.get(parameter.name());
      if (value != null) {
        parameter.check(value);
      } else if (parameter.required()) {
        throw new InvalidOperation(
            "parameters." + parameter.name(), "required", parameter.name() + " is needed");
      }
    }
  }

  private static boolean can(MeterSession session, OperationKind kind) {
    return kind.needs() == null || session.as(kind.needs()).isPresent();
  }

  /** A session with no meter, which tells what the model has. */
  MeterSession unopened(String modelId) {
    MeterModel model = models.get(modelId);
    for (var driver : drivers) {
      if (driver.protocol().equals(model.protocol())) {
        return driver.open(model, NOWHERE);
      }
    }
    throw new IllegalStateException("No driver for " + model.protocol());
  }
}
