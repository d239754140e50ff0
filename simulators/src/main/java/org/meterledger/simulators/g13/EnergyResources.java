package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.CONFIGURE;
import static org.meterledger.simulators.g13.Router.Right.VIEW;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Energies and their conversion (N44, N45, N54 to N58). */
final class EnergyResources {
  private static final BigDecimal HIGHEST_CO2 = new BigDecimal("9.999");
  private static final BigDecimal HIGHEST_CURRENCY = new BigDecimal("999999.000");
  private static final String FACTOR = "/meters/{serial}/energy/conversionfactor";

  private static final Map<String, Component> RESETTABLE = resettable();

  private EnergyResources() {}

  static void addTo(Router router) {
    router.add(44, "GET", FACTOR, VIEW, EnergyResources::getFactors);
    router.add(45, "POST", FACTOR, CONFIGURE, EnergyResources::setFactors);
    router.add(56, "GET", "/meters/{serial}/energy/resettable", VIEW, EnergyResources::resettable);
    router.add(57, "POST", "/meters/{serial}/energy/resettable", CONFIGURE, EnergyResources::reset);
    router.add(58, "GET", "/meters/{serial}/energy/resetcounter", VIEW, EnergyResources::counters);
    router.add(54, "GET", "/meters/{serial}/energy/{type}", VIEW, EnergyResources::energies);
    router.add(
        55, "GET", "/meters/{serial}/energy/{type}/{mode}", VIEW, EnergyResources::converted);
  }

  private static Map<String, Component> resettable() {
    Map<String, Component> resettable = new LinkedHashMap<>();
    resettable.put("activeimport", Component.ACTIVE_IMPORT);
    resettable.put("activeexport", Component.ACTIVE_EXPORT);
    resettable.put("reactiveimport", Component.REACTIVE_IMPORT);
    resettable.put("reactiveexport", Component.REACTIVE_EXPORT);
    return resettable;
  }

  static Map<String, Object> factors(Call call) {
    return Json.object("co2", measured(call, 84), "currency", measured(call, 83));
  }

  private static List<Object> measured(Call call, int id) {
    Quantity quantity = Quantity.of(id).orElseThrow();
    return Json.measured(call.meter().registers.value(quantity, call.now()), quantity.unit());
  }

  private static Answer getFactors(Call call) {
    call.needs(Level.Function.CONVERSION);
    return Answer.json("conversionfactor", factors(call));
  }

  private static Answer setFactors(Call call) {
    call.needs(Level.Function.CONVERSION);
    Payload factors = call.payload().object("conversionfactor");
    if (!factors.has("co2") && !factors.has("currency")) {
      throw Refused.missing("co2 or currency");
    }
    Call.Update update = call.update();
    if (factors.has("co2")) {
      update.then("co2", () -> setFactor(call, "CO2", factors.decimal("co2"), HIGHEST_CO2));
    }
    if (factors.has("currency")) {
      update.then(
          "currency",
          () -> setFactor(call, "CURRENCY", factors.decimal("currency"), HIGHEST_CURRENCY));
    }
    return update.run();
  }

  private static void setFactor(Call call, String name, BigDecimal factor, BigDecimal limit) {
    if (factor.signum() < 0 || factor.compareTo(limit) >= 0) {
      throw Refused.invalid();
    }
    BigDecimal rounded = factor.setScale(3, RoundingMode.HALF_UP);
    call.meter().registers.setFactor(name, call.now(), rounded);
  }

  private static Answer energies(Call call) {
    String type = call.argument("type").toUpperCase(Locale.ROOT);
    if (!List.of("ACTIVE", "REACTIVE", "APPARENT").contains(type)
        || !call.argument("type").equals(type.toLowerCase(Locale.ROOT))) {
      throw Refused.notFound();
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    for (String direction : List.of("IMPORT", "EXPORT", "NET")) {
      Map<String, Object> registers = registers(call, type + "_" + direction);
      if (!registers.isEmpty()) {
        answer.put(direction.toLowerCase(Locale.ROOT) + "energy", registers);
      }
    }
    if (answer.isEmpty()) {
      throw new Refused(500, G13Gateway.NO_ANSWER);
    }
    return Answer.streamed(List.of(Json.write(answer)).iterator());
  }

  /** In kWh and the like, two decimals; the total comes last. */
  private static Map<String, Object> registers(Call call, String component) {
    Map<String, Object> registers = new TreeMap<>();
    for (Quantity quantity : Quantity.all()) {
      boolean register =
          quantity.kind() == Quantity.Kind.ENERGY || quantity.kind() == Quantity.Kind.RATE;
      if (register && quantity.component().equals(component) && quantity.isOn(call.meter().label)) {
        BigDecimal kilo =
            call.meter()
                .registers
                .value(quantity, call.now())
                .movePointLeft(3)
                .setScale(2, RoundingMode.DOWN);
        registers.put(
            quantity.place().toLowerCase(Locale.ROOT), Json.measured(kilo, "k" + quantity.unit()));
      }
    }
    return registers;
  }

  private static Answer converted(Call call) {
    if (!call.argument("type").equals("active")) {
      throw Refused.notFound();
    }
    int id =
        switch (call.argument("mode")) {
          case "co2" -> 122;
          case "currency" -> 113;
          default -> throw Refused.notFound();
        };
    call.needs(Level.Function.CONVERSION);
    return Answer.json("importenergy", Json.object("total", measured(call, id)));
  }

  private static Answer resettable(Call call) {
    call.needs(Level.Function.RESETTABLE);
    Map<String, Object> values = new LinkedHashMap<>();
    int id = 171;
    for (String key : RESETTABLE.keySet()) {
      values.put(key, measured(call, id++));
    }
    return Answer.json("resettableenergy", values);
  }

  private static Answer counters(Call call) {
    call.needs(Level.Function.RESETTABLE);
    Map<String, Object> counts = new LinkedHashMap<>();
    int id = 175;
    for (String key : RESETTABLE.keySet()) {
      Quantity quantity = Quantity.of(id++).orElseThrow();
      counts.put(key, call.meter().registers.value(quantity, call.now()).intValueExact());
    }
    return Answer.json("resetcounter", counts);
  }

  private static Answer reset(Call call) {
    call.needs(Level.Function.RESETTABLE);
    Payload wanted = call.payload().object("resettableenergy");
    if (wanted.isEmpty() || !RESETTABLE.keySet().containsAll(wanted.object().keySet())) {
      throw Refused.invalid();
    }
    Call.Update update = call.update();
    RESETTABLE.forEach(
        (key, component) -> {
          if (wanted.has(key)) {
            update.then(
                key,
                () -> {
                  if (wanted.bool(key)) {
                    call.meter().registers.reset(component, call.now());
                  }
                });
          }
        });
    return update.run();
  }
}
