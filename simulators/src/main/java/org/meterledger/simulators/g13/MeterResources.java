package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.CONFIGURE;
import static org.meterledger.simulators.g13.Router.Right.VIEW;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A meter's own settings (N30, N41 to N43, N46 to N50). */
final class MeterResources {
  private static final int OBJECTS = 241;
  private static final int FIRST_RESET = 201;
  private static final int FIRST_CONFIGURE = 221;
  private static final int MBUS_ELECTRICITY = 2;
  private static final int HIGHEST_RATIO = 9999;
  private static final long DAY = 86_400;

  private MeterResources() {}

  static void addTo(Router router) {
    router.add(30, "GET", "/meters/{serial}/associationobjects", VIEW, MeterResources::objects);
    router.add(41, "GET", "/meters/{serial}/datetime", VIEW, MeterResources::time);
    router.add(42, "POST", "/meters/{serial}/datetime", CONFIGURE, MeterResources::setTime);
    router.add(43, "GET", "/meters/{serial}/info", VIEW, MeterResources::info);
    router.add(46, "GET", "/meters/{serial}/hardwareversion", VIEW, MeterResources::hardware);
    router.add(47, "GET", "/meters/{serial}/mbusinfo", VIEW, MeterResources::mbus);
    router.add(
        48, "POST", "/meters/{serial}/transformersettings", CONFIGURE, MeterResources::setRatio);
    router.add(49, "GET", "/meters/{serial}/status", VIEW, MeterResources::status);
    router.add(50, "GET", "/meters/{serial}/statusflags", VIEW, MeterResources::flags);
  }

  private static Answer objects(Call call) {
    List<Object> bits = new ArrayList<>();
    boolean writes = !call.meter().writesDenied();
    for (int index = 1; index <= OBJECTS; index++) {
      boolean there =
          Quantity.of(index).filter(quantity -> quantity.isOn(call.meter().label)).isPresent();
      // What is reset has no name in the mapping.
      boolean reset = index >= FIRST_RESET && index < FIRST_CONFIGURE;
      bits.add(there && (index < FIRST_RESET || writes) || reset && writes ? 1 : 0);
    }
    return Answer.json(
        "associationobjects",
        bits,
        "role",
        writes ? "Configure" : "View Only",
        "serial",
        call.meter().settings.serial());
  }

  private static Answer time(Call call) {
    Timeline timeline = call.meter().timeline;
    LocalDateTime now = timeline.localTime(call.now());
    Map<String, Object> answer =
        Json.object(
            "datetime",
            Json.time(now),
            "dayofweek",
            now.getDayOfWeek().getValue(),
            "dst",
            timeline.summer() ? 1 : 0,
            "dstenable",
            timeline.saving() != null);
    if (timeline.saving() != null) {
      answer.put("dstend", rule(timeline.saving().end()));
      answer.put("dststart", rule(timeline.saving().start()));
    }
    answer.put("status", timeline.set() ? "set" : "not set");
    return Answer.streamed(List.of(Json.write(answer)).iterator());
  }

  private static Map<String, Object> rule(DaylightSaving.Rule rule) {
    return Json.object(
        "month", rule.month(), "day", rule.day(), "week", rule.week(), "hour", rule.hour());
  }

  private static Answer setTime(Call call) {
    Payload payload = call.payload();
    Timeline timeline = call.meter().timeline;
    if (!payload.has("datetime")) {
      throw Refused.missing("datetime tag");
    }
    LocalDateTime time = Json.time(payload.text("datetime", 19));
    Call.Update update = call.update();
    if (payload.has("dstenable")) {
      DaylightSaving saving =
          payload.bool("dstenable")
              ? new DaylightSaving(rule(payload, "dststart"), rule(payload, "dstend"))
              : null;
      update.then("dst", () -> timeline.setSaving(call.now(), saving));
    }
    return update.then("datetime", () -> timeline.setClock(call.now(), Timeline.epoch(time))).run();
  }

  private static DaylightSaving.Rule rule(Payload payload, String key) {
    Payload rule = payload.object(key);
    return new DaylightSaving.Rule(
        rule.integer("month", 1, 12),
        rule.integer("week", 1, 5),
        rule.integer("day", 1, 7),
        rule.integer("hour", 0, 23));
  }

  private static Answer info(Call call) {
    G13Meter meter = call.meter();
    Map<String, Object> info =
        Json.object(
            "manufacturing",
            Json.object(
                "serial", meter.settings.serial(),
                "label", meter.label.text(),
                "firmwareversion", meter.firmwareVersion),
            "ratio",
            Json.object(
                "ctdenum", meter.transformers[1],
                "ctnum", meter.transformers[0],
                "vtdenum", meter.transformers[3],
                "vtnum", meter.transformers[2]));
    if (meter.can(Level.Function.CONVERSION)) {
      info.put("conversionfactor", EnergyResources.factors(call));
    }
    info.put(
        "power",
        Json.object(
            "powerfailcounter", meter.timeline.powerFailures(),
            "poweroutagetime", meter.timeline.outageSeconds()));
    return Answer.streamed(List.of(Json.write(info)).iterator());
  }

  private static Answer hardware(Call call) {
    return Answer.json("version", List.of("MAIN 1.0", "IO 1.0", "RS485 1.0"));
  }

  private static Answer mbus(Call call) {
    MeterSettings settings = call.meter().settings;
    return Answer.json(
        "manufacturer",
        "ABB",
        "devicetype",
        MBUS_ELECTRICITY,
        "addressingmode",
        settings.bus().address(),
        "version",
        32,
        "id",
        Math.floorMod(settings.serial().hashCode(), 9000) + 1000);
  }

  private static Answer setRatio(Call call) {
    Payload payload = call.payload();
    if (!call.meter().label.indirect()) {
      throw new Refused(500, G13Gateway.WRITE_DENIED);
    }
    Call.Update update = call.update();
    List<String> keys = List.of("ctnum", "ctdenum", "vtnum", "vtdenum");
    for (int place = 0; place < keys.size(); place++) {
      int at = place;
      update.then(
          keys.get(at),
          () -> call.meter().transformers[at] = payload.integer(keys.get(at), 1, HIGHEST_RATIO));
    }
    return update.run();
  }

  private static Answer status(Call call) {
    return Answer.json(
        "serial", call.meter().settings.serial(), "label", call.meter().label.text());
  }

  private static Answer flags(Call call) {
    G13Meter meter = call.meter();
    return Answer.json(
        "errors", List.of(),
        "warnings", warnings(meter, call.now()),
        "informationflags", information(meter, call.now()));
  }

  private static List<String> warnings(G13Meter meter, long now) {
    List<String> warnings = new ArrayList<>();
    for (int line = 1; line <= meter.label.phases(); line++) {
      if (negative(meter, 92 + line, now)) {
        warnings.add("NEG_POW Element" + line);
      }
    }
    if (negative(meter, 96, now)) {
      warnings.add("Neg Tot Pow");
    }
    if (!meter.timeline.set()) {
      warnings.add("Date Not Set");
      warnings.add("Time Not SET");
    }
    return warnings;
  }

  private static boolean negative(G13Meter meter, int power, long now) {
    return meter.registers.value(Quantity.of(power).orElseThrow(), now).signum() < 0;
  }

  private static List<String> information(G13Meter meter, long now) {
    meter.watchAlarms(now);
    List<String> information = new ArrayList<>();
    for (int number = 0; number < Alarm.COUNT; number++) {
      if (meter.alarms[number] != null && meter.alarms[number].active()) {
        information.add("Alarm" + (number + 1) + " Active");
      }
    }
    boolean failed =
        meter.timeline.spans().stream()
            .anyMatch(span -> span.cause() == Span.Cause.POWER_RETURNED && now - span.from() < DAY);
    if (failed) {
      information.add("Powerfail");
    }
    return information;
  }
}
