package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.ANYONE;
import static org.meterledger.simulators.g13.Router.Right.GATEWAY_ADMIN;

import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The gateway itself (N1 to N16, N28, N29, N91). */
final class GatewayResources {
  private static final String ADDRESS = "([0-9]{1,3}\\.){3}[0-9]{1,3}";
  private static final int CLASS_REGISTER = 3;
  private static final int OBIS_LENGTH = 23;
  private static final Map<String, int[]> MBUS_RANGES = mbusRanges();

  private GatewayResources() {}

  static void addTo(Router router) {
    router.add(1, "GET", "/about", ANYONE, GatewayResources::about);
    router.add(2, "POST", "/login", ANYONE, GatewayResources::login);
    router.add(3, "POST", "/logout", ANYONE, GatewayResources::logout);
    router.add(4, "GET", "/configuration", ANYONE, GatewayResources::configuration);
    router.add(5, "POST", "/configuration/ip", GATEWAY_ADMIN, GatewayResources::setIp);
    router.add(6, "POST", "/configuration/eqbus", GATEWAY_ADMIN, GatewayResources::setEqBus);
    router.add(
        7,
        "POST",
        "/configuration/mbus_wired",
        GATEWAY_ADMIN,
        call -> setMbus(call, call.gateway().configuration.mbusWired));
    router.add(
        8,
        "POST",
        "/configuration/mbus_ir",
        GATEWAY_ADMIN,
        call -> setMbus(call, call.gateway().configuration.mbusIr));
    router.add(9, "GET", "/gateway", ANYONE, GatewayResources::gateway);
    router.add(10, "POST", "/gateway", GATEWAY_ADMIN, GatewayResources::setNames);
    router.add(11, "GET", "/gateway/datetime", ANYONE, GatewayResources::time);
    router.add(12, "POST", "/gateway/datetime", GATEWAY_ADMIN, GatewayResources::setTime);
    router.add(13, "GET", "/gateway/events", ANYONE, GatewayResources::events);
    router.add(14, "DELETE", "/gateway/events", GATEWAY_ADMIN, GatewayResources::clearEvents);
    router.add(15, "POST", "/gateway/reboot", GATEWAY_ADMIN, GatewayResources::reboot);
    router.add(16, "POST", "/gateway/execute", ANYONE, GatewayResources::execute);
    router.add(28, "GET", "/parametermapping", ANYONE, call -> parameterMapping());
    router.add(29, "GET", "/storablequantities", ANYONE, call -> Storable.answer());
    router.add(91, "GET", "/lasterror/{id}", ANYONE, GatewayResources::lastError);
  }

  private static Answer about(Call call) {
    G13Gateway gateway = call.gateway();
    return Answer.json(
        "cosemversion",
        6,
        "firmwareversion",
        gateway.firmwareVersion,
        "hardwareversion",
        "H1.0",
        "jsonapiversion",
        "0.9",
        "logicaldevicename",
        gateway.settings.serial(),
        "model",
        "G13 100-000",
        "releasedate",
        "2012-08-30T14:06:26",
        "serial",
        gateway.settings.serial());
  }

  private static Answer login(Call call) {
    return call.gateway().login(call.user().name, call.now())
        ? Answer.success()
        : Answer.sessionRefused();
  }

  private static Answer logout(Call call) {
    call.gateway().logout(call.user().name);
    return Answer.success();
  }

  private static Answer configuration(Call call) {
    BusConfiguration configuration = call.gateway().configuration;
    return Answer.json(
        "ip", configuration.ip,
        "eqbus", configuration.eqbus,
        "mbus_wired", configuration.mbusWired,
        "mbus_ir", configuration.mbusIr);
  }

  private static Answer setIp(Call call) {
    Payload payload = call.payload();
    Map<String, Object> changed = new LinkedHashMap<>();
    for (String key : List.of("ip", "gateway", "subnet", "pdns", "sdns")) {
      String address = payload.text(key, 15);
      if (!address.matches(ADDRESS)) {
        throw Refused.invalid();
      }
      changed.put(key, address);
    }
    changed.put("dhcp", payload.bool("dhcp"));
    changed.put("dns", payload.bool("dns"));
    if (!payload.bool("dhcp") && payload.bool("dns")) {
      throw Refused.invalid(); // a static address cannot have its name servers from DHCP (p. 61)
    }
    return call.update(
        () -> {
          call.gateway().configuration.ip.putAll(changed);
          call.gateway().log(GatewayEvent.IP_ADDRESS_CHANGED, call.now());
        });
  }

  private static Answer setEqBus(Call call) {
    Payload payload = call.payload();
    int baudrate = payload.integer("baudrate", 1200, 500_000);
    if (!BusConfiguration.BAUDRATES.contains(baudrate)) {
      throw Refused.invalid();
    }
    int timeout = payload.integer("interoctettimeout", 20, 6000);
    Map<String, Object> eqbus = call.gateway().configuration.eqbus;
    return call.update()
        .then("baudrate", () -> eqbus.put("baudrate", baudrate))
        .then("interoctettimeout", () -> eqbus.put("interoctettimeout", timeout))
        .run();
  }

  private static Map<String, int[]> mbusRanges() {
    Map<String, int[]> ranges = new LinkedHashMap<>();
    ranges.put("ack", new int[] {200, 2000});
    ranges.put("delay_after_telegram", new int[] {50, 60_000});
    ranges.put("delay_before_requd2", new int[] {50, 1000});
    ranges.put("get_request", new int[] {0, 60_000});
    ranges.put("meter_contact", new int[] {10, 25_000});
    ranges.put("response_timeout", new int[] {300, 15_000});
    ranges.put("response_timeout_base", new int[] {100, 10_000});
    return ranges;
  }

  private static Answer setMbus(Call call, Map<String, Object> bus) {
    Payload payload = call.payload();
    Call.Update update = call.update();
    MBUS_RANGES.forEach(
        (key, range) ->
            update.then(key, () -> bus.put(key, payload.integer(key, range[0], range[1]))));
    return update.run();
  }

  private static Answer gateway(Call call) {
    G13Gateway gateway = call.gateway();
    return Answer.json(
        "alias", gateway.alias,
        "location", gateway.location,
        "serial", gateway.settings.serial());
  }

  private static Answer setNames(Call call) {
    Payload payload = call.payload();
    G13Gateway gateway = call.gateway();
    if (!payload.text("serial", 17).equals(gateway.settings.serial())) {
      throw Refused.invalid();
    }
    return call.update()
        .then(
            "alias",
            () -> {
              gateway.alias = payload.text("alias", 21);
              gateway.log(GatewayEvent.ALIAS_CHANGED, call.now());
            })
        .then("location", () -> gateway.location = payload.text("location", 51))
        .run();
  }

  private static Answer time(Call call) {
    return Answer.json(
        "datetime",
        Json.time(call.gateway().time()),
        "status",
        call.gateway().clockSet() ? "set" : "not set");
  }

  private static Answer setTime(Call call) {
    Payload payload = call.payload();
    if (!payload.has("datetime")) {
      throw Refused.missing("datetime tag");
    }
    var time = Json.time(payload.text("datetime", 19));
    return call.update(() -> call.gateway().setClock(call.now(), time));
  }

  private static Answer events(Call call) {
    List<GatewayEvent> newestFirst = new ArrayList<>(call.gateway().events());
    Collections.reverse(newestFirst);
    return Answer.json(
        "events",
        newestFirst.stream()
            .map(
                event ->
                    Json.object(
                        "category", event.category(),
                        "index", event.index(),
                        "id", event.id(),
                        "timestamp", Json.time(event.time()),
                        "type", GatewayEvent.TYPE))
            .toList());
  }

  private static Answer clearEvents(Call call) {
    return call.update(() -> call.gateway().clearEvents(call.now()));
  }

  private static Answer reboot(Call call) {
    call.gateway().reboot(call.now());
    return Answer.json("status", "Rebooting");
  }

  private static Answer execute(Call call) {
    Payload payload = call.payload();
    Quantity quantity =
        Quantity.ofObis(obis(payload.value("obis"))).orElseThrow(GatewayResources::silence);
    payload.integer("classid", CLASS_REGISTER, CLASS_REGISTER);
    List<String> attributes = new ArrayList<>();
    for (JsonValue attribute : payload.list("attributes", 2)) {
      attributes.add(Payload.text(attribute, 5));
    }
    if (attributes.isEmpty() || !List.of("value", "unit").containsAll(attributes)) {
      throw Refused.invalid();
    }
    List<Object> devices = new ArrayList<>();
    for (JsonValue each : payload.list("devices", 32)) {
      devices.add(executed(call, Payload.text(each, 17), quantity, attributes));
    }
    return Answer.json("devices", devices);
  }

  private static Object executed(
      Call call, String serial, Quantity quantity, List<String> attributes) {
    G13Gateway gateway = call.gateway();
    gateway.registry.registered(serial).orElseThrow(Refused::invalid);
    if (call.user().access(serial) == Users.Access.NO_ACCESS) {
      throw Refused.forbidden();
    }
    if (!gateway.reaches(serial) || !quantity.isOn(gateway.meter(serial).label)) {
      throw silence();
    }
    G13Meter meter = gateway.meter(serial);
    String value = meter.asked(now -> meter.registers.value(quantity, now).toPlainString());
    List<String> values =
        attributes.stream()
            .map(attribute -> attribute.equals("value") ? value : quantity.unit())
            .toList();
    return Json.object("serial", serial, "values", values);
  }

  private static Refused silence() {
    return new Refused(500, G13Gateway.NO_ANSWER);
  }

  private static String obis(JsonValue value) {
    if (value instanceof JsonArray) {
      return Payload.integers(value, 6, 0, 255).stream()
          .map(Object::toString)
          .collect(Collectors.joining("."));
    }
    return Payload.text(value, OBIS_LENGTH);
  }

  private static Answer parameterMapping() {
    Map<String, Object> mapping = new LinkedHashMap<>();
    Quantity.all().forEach(each -> mapping.put(Integer.toString(each.id()), each.name()));
    return Answer.streamed(List.of(Json.write(mapping)).iterator());
  }

  private static Answer lastError(Call call) {
    int id = call.number("id", 0, Integer.MAX_VALUE);
    if (id == 0) {
      return Answer.success();
    }
    String des = call.gateway().errors().get(id);
    if (des == null) {
      throw Refused.invalid();
    }
    return Answer.json("status", "error", "des", des);
  }
}
