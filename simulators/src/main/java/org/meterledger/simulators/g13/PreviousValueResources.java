package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.CONFIGURE;
import static org.meterledger.simulators.g13.Router.Right.VIEW;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Previous values (N69 to N72). */
final class PreviousValueResources {
  private static final String VALUES = "/meters/{serial}/previousvalues";
  private static final String CONFIGURATION = VALUES + "/configuration";
  private static final int MONDAY = 1;
  private static final int SUNDAY = 7;

  private PreviousValueResources() {}

  static void addTo(Router router) {
    router.add(70, "GET", CONFIGURATION, VIEW, PreviousValueResources::configuration);
    router.add(71, "POST", CONFIGURATION, CONFIGURE, PreviousValueResources::configure);
    router.add(72, "DELETE", VALUES, CONFIGURE, PreviousValueResources::clear);
    Range.addTo(router, 69, VALUES, PreviousValueResources::values);
  }

  private static Answer values(Call call) {
    call.needs(Level.Function.PREVIOUS_VALUES);
    Range range = Range.of(call, Integer.MAX_VALUE);
    PreviousValues stored = call.meter().previousValues;
    List<Object> items = new ArrayList<>();
    for (Capture capture : range.of(stored.held(call.now()), Capture::local)) {
      PreviousValue snapshot = stored.snapshot(capture);
      List<Object> values = new ArrayList<>();
      snapshot
          .values()
          .forEach(value -> values.add(List.of(snapshot.status(), value.toPlainString())));
      items.add(Json.object("values", values, "time", Json.time(snapshot.time())));
    }
    Collections.reverse(items);
    return Answer.json(
        "mapping",
        stored.configuration().channels().stream()
            .map(channel -> List.of(channel.mappingName(), channel.unit()))
            .toList(),
        "interval",
        name(stored.configuration().period()),
        "items",
        items);
  }

  static String name(Capture.Period period) {
    return period.kind().name().toLowerCase(Locale.ROOT);
  }

  private static Answer configuration(Call call) {
    call.needs(Level.Function.PREVIOUS_VALUES);
    PreviousValues.Configuration set = call.meter().previousValues.configuration();
    Map<String, Object> answer = Json.object("interval", name(set.period()));
    putWeekday(answer, set.period());
    answer.put("pvconfig", set.channels().stream().map(Quantity::id).toList());
    return Answer.streamed(List.of(Json.write(answer)).iterator());
  }

  static void putWeekday(Map<String, Object> answer, Capture.Period period) {
    if (period.kind() == Capture.Period.Kind.WEEKLY) {
      answer.put("weekday", period.weekday());
    }
  }

  /** The weekday is wanted for weeks only. */
  static Capture.Period period(Payload payload, String key) {
    String name = payload.text(key, 7);
    for (Capture.Period.Kind kind : Capture.Period.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        boolean weekly = kind == Capture.Period.Kind.WEEKLY;
        return new Capture.Period(
            kind, weekly ? payload.integer("weekday", MONDAY, SUNDAY) : MONDAY);
      }
    }
    throw Refused.invalid();
  }

  private static Answer configure(Call call) {
    call.needs(Level.Function.PREVIOUS_VALUES);
    Payload payload = call.payload();
    List<Quantity> channels = new ArrayList<>();
    for (JsonValue each : payload.list("pvconfig", PreviousValues.CHANNELS)) {
      int id = Payload.integer(each, 1, Integer.MAX_VALUE);
      channels.add(Storable.quantity(id, Storable.PREVIOUS_VALUES::contains, call.meter().label));
    }
    PreviousValues.Configuration changed =
        new PreviousValues.Configuration(period(payload, "interval"), channels, call.now());
    return call.update(() -> call.meter().previousValues.configure(changed));
  }

  private static Answer clear(Call call) {
    call.needs(Level.Function.PREVIOUS_VALUES);
    return call.update(() -> call.meter().previousValues.clear(call.now()));
  }
}
