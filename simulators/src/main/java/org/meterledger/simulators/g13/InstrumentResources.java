package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.VIEW;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a meter's instruments show (N59 to N62). */
final class InstrumentResources {
  private static final List<String> LINES = List.of("L1", "L2", "L3");
  private static final List<String> PAIRS = List.of("L1_L2", "L2_L3", "L1_L3");

  private InstrumentResources() {}

  static void addTo(Router router) {
    router.add(59, "GET", "/meters/{serial}/power", VIEW, InstrumentResources::power);
    router.add(60, "GET", "/meters/{serial}/instrument", VIEW, InstrumentResources::instrument);
    router.add(
        61, "GET", "/meters/{serial}/harmonics/voltage", VIEW, call -> harmonics(call, "VOLTAGE"));
    router.add(
        62, "GET", "/meters/{serial}/harmonics/current", VIEW, call -> harmonics(call, "CURRENT"));
  }

  private static Answer power(Call call) {
    Map<String, Object> answer = new LinkedHashMap<>();
    for (String type : List.of("ACTIVE", "REACTIVE", "APPARENT")) {
      for (Quantity quantity : Quantity.all()) {
        if (quantity.name().startsWith(type + "_POWER")) {
          put(call, answer, type.toLowerCase(Locale.ROOT), quantity, quantity.place());
        }
      }
    }
    return Answer.streamed(List.of(Json.write(answer)).iterator());
  }

  private static Answer instrument(Call call) {
    Map<String, Object> answer = new LinkedHashMap<>();
    for (String line : LINES) {
      for (String name :
          List.of(
              "CURRENT",
              "CURRENT_QUADRANT",
              "PHASE_ANGLE_CURRENT",
              "PHASE_ANGLE_POWER",
              "PHASE_ANGLE_VOLTAGE",
              "POWER_FACTOR",
              "VOLTAGE")) {
        put(call, answer, line, name);
      }
    }
    PAIRS.forEach(pair -> put(call, answer, pair, "VOLTAGE"));
    put(call, answer, "NEUTRAL", "CURRENT");
    for (String name : List.of("CURRENT_QUADRANT", "PHASE_ANGLE_POWER", "POWER_FACTOR")) {
      put(call, answer, "TOTAL", name);
    }
    put(call, answer, "frequency", Quantity.of(170).orElseThrow(), "frequency");
    return Answer.streamed(List.of(Json.write(answer)).iterator());
  }

  private static void put(Call call, Map<String, Object> answer, String place, String name) {
    for (Quantity quantity : Quantity.all()) {
      if (quantity.name().equals(name + "_" + place)) {
        put(call, answer, place.toLowerCase(Locale.ROOT), quantity, name.replace("_", ""));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static void put(
      Call call, Map<String, Object> answer, String group, Quantity quantity, String key) {
    if (quantity.isOn(call.meter().label)) {
      Object value =
          Json.measured(call.meter().registers.value(quantity, call.now()), quantity.unit());
      ((Map<String, Object>) answer.computeIfAbsent(group, name -> new LinkedHashMap<>()))
          .put(key.toLowerCase(Locale.ROOT), value);
    }
  }

  private static Answer harmonics(Call call, String component) {
    call.needs(Level.Function.HARMONICS);
    Map<String, Object> answer = new LinkedHashMap<>();
    for (Quantity quantity : Quantity.all()) {
      if (quantity.name().startsWith("HARMONICS_" + component)
          && quantity.isOn(call.meter().label)) {
        answer.put(
            quantity.place().toLowerCase(Locale.ROOT),
            Json.object(
                "harmonics", call.meter().registers.harmonics(quantity, call.now()),
                "thd", call.meter().registers.value(quantity, call.now())));
      }
    }
    return Answer.streamed(List.of(Json.write(answer)).iterator());
  }
}
