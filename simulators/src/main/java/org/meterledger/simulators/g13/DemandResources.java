package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.CONFIGURE;
import static org.meterledger.simulators.g13.Router.Right.VIEW;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Demand (N77 to N80). */
final class DemandResources {
  private static final String ENTRIES = "/meters/{serial}/demand";
  private static final String CONFIGURATION = ENTRIES + "/configuration";
  private static final List<Integer> INTERVALS = List.of(60, 120, 180, 300, 600, 900, 1800, 3600);

  private DemandResources() {}

  static void addTo(Router router) {
    router.add(78, "GET", CONFIGURATION, VIEW, DemandResources::configuration);
    router.add(79, "POST", CONFIGURATION, CONFIGURE, DemandResources::configure);
    router.add(80, "DELETE", ENTRIES, CONFIGURE, DemandResources::clear);
    Range.addTo(router, 77, ENTRIES, DemandResources::entries);
  }

  private static Answer entries(Call call) {
    call.needs(Level.Function.DEMAND);
    Range range = Range.of(call, Demand.KEPT);
    Demand stored = call.meter().demand;
    List<Object> items = new ArrayList<>();
    for (Capture capture : range.of(stored.held(call.now()), Capture::local)) {
      DemandEntry entry = stored.entry(capture);
      List<Object> values = new ArrayList<>();
      for (DemandEntry.Value value : entry.values()) {
        values.add(
            List.of(
                value.status(),
                value.value().toPlainString(),
                Json.time(value.timestamp()),
                value.level()));
      }
      items.add(Json.object("values", values, "time", Json.time(entry.time())));
    }
    Collections.reverse(items);
    return Answer.json(
        "mapping",
        stored.configuration().channels().stream()
            .map(Demand.Channel::quantity)
            .map(quantity -> List.of(quantity.mappingName(), unit(quantity)))
            .toList(),
        "items",
        items);
  }

  /** The mean of an energy is a power: W of Wh. */
  private static String unit(Quantity quantity) {
    boolean energy = quantity.kind() == Quantity.Kind.ENERGY;
    return energy ? quantity.unit().substring(0, quantity.unit().length() - 1) : quantity.unit();
  }

  private static Answer configuration(Call call) {
    call.needs(Level.Function.DEMAND);
    Demand.Configuration set = call.meter().demand.configuration();
    Map<String, Object> answer =
        Json.object(
            "dmc",
            set.channels().stream()
                .map(channel -> List.of(channel.quantity().id(), channel.code()))
                .toList(),
            "interval",
            List.of(set.interval(), set.subInterval()),
            "period",
            PreviousValueResources.name(set.period()));
    PreviousValueResources.putWeekday(answer, set.period());
    return Answer.streamed(List.of(Json.write(answer)).iterator());
  }

  private static Answer configure(Call call) {
    call.needs(Level.Function.DEMAND);
    Payload payload = call.payload();
    List<Demand.Channel> channels = new ArrayList<>();
    for (JsonValue each : payload.list("dmc", Demand.CHANNELS)) {
      List<Integer> pair = Payload.integers(each, 2, 0, 1000);
      if (!Demand.Channel.isCode(pair.get(1))) {
        throw Refused.invalid();
      }
      Quantity quantity =
          Storable.quantity(pair.get(0), DemandResources::canBeDemand, call.meter().label);
      channels.add(new Demand.Channel(quantity, pair.get(1)));
    }
    List<Integer> interval = Payload.integers(payload.value("interval"), 2, 60, 3600);
    if (!INTERVALS.contains(interval.get(0))
        || interval.get(1) % 60 != 0
        || interval.get(0) % interval.get(1) != 0) {
      throw Refused.invalid();
    }
    Demand.Configuration changed =
        new Demand.Configuration(
            channels,
            interval.get(0),
            interval.get(1),
            PreviousValueResources.period(payload, "period"),
            call.now());
    return call.update(() -> call.meter().demand.configure(changed));
  }

  /** The maker's example has active import (1), which is not on his list (p. 99, 214). */
  private static boolean canBeDemand(int id) {
    return Storable.DEMAND.contains(id) || Storable.LOAD_PROFILES.contains(id) && id <= 40;
  }

  private static Answer clear(Call call) {
    call.needs(Level.Function.DEMAND);
    return call.update(() -> call.meter().demand.clear(call.now()));
  }
}
