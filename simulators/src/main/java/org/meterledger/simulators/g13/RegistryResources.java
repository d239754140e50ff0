package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.ANYONE;
import static org.meterledger.simulators.g13.Router.Right.GATEWAY_ADMIN;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which meters the gateway knows (N31 to N34, N38 to N40). */
final class RegistryResources {
  private static final int LONGEST_SERIAL = 17;
  private static final int LONGEST_ALIAS = 21;
  private static final int LONGEST_LOCATION = 51;
  private static final int MOST_PERMITTED = 25;
  private static final int ONLINE = 1;
  private static final int OFFLINE = -1;

  private RegistryResources() {}

  static void addTo(Router router) {
    router.add(31, "GET", "/meters", ANYONE, RegistryResources::meters);
    router.add(32, "POST", "/meters/{serial}", ANYONE, RegistryResources::rename);
    router.add(33, "PUT", "/meters", GATEWAY_ADMIN, RegistryResources::register);
    router.add(34, "DELETE", "/meters/{serial}", GATEWAY_ADMIN, RegistryResources::deregister);
    router.add(38, "GET", "/permittedmeters", ANYONE, RegistryResources::permitted);
    router.add(39, "PUT", "/permittedmeters", GATEWAY_ADMIN, RegistryResources::permit);
    router.add(40, "DELETE", "/permittedmeters", GATEWAY_ADMIN, RegistryResources::forbid);
  }

  /** The meters that the user may see, by location. */
  private static Answer meters(Call call) {
    G13Gateway gateway = call.gateway();
    Map<String, List<Object>> byLocation = new LinkedHashMap<>();
    for (Registry.Entry entry : gateway.registry.registered()) {
      if (call.user().access(entry.serial()) != Users.Access.NO_ACCESS) {
        byLocation
            .computeIfAbsent(entry.location(), location -> new ArrayList<>())
            .add(
                Json.object(
                    "alias", entry.alias(),
                    "serial", entry.serial(),
                    "protocol", entry.protocol(),
                    "address", entry.address(),
                    "status", gateway.reaches(entry.serial()) ? ONLINE : OFFLINE));
      }
    }
    List<Object> locations = new ArrayList<>();
    byLocation.forEach(
        (location, meters) ->
            locations.add(Json.object("location", location, "serial", "", "meters", meters)));
    return Answer.json(
        "alias",
        gateway.alias,
        "location",
        gateway.location,
        "serial",
        gateway.settings.serial(),
        "locations",
        locations);
  }

  private static Answer rename(Call call) {
    Payload payload = call.payload();
    G13Gateway gateway = call.gateway();
    String serial = call.argument("serial");
    Registry.Entry old = gateway.registry.registered(serial).orElseThrow(Refused::notFound);
    if (call.user().access(serial) != Users.Access.CONFIGURE) {
      throw Refused.forbidden();
    }
    if (!payload.text("serial", LONGEST_SERIAL).equals(serial)) {
      throw Refused.invalid();
    }
    return call.update()
        .then(
            "alias",
            () ->
                gateway.registry.rename(
                    serial, payload.text("alias", LONGEST_ALIAS), old.location()))
        .then(
            "location",
            () ->
                gateway.registry.rename(
                    serial,
                    payload.text("alias", LONGEST_ALIAS),
                    payload.text("location", LONGEST_LOCATION)))
        .run();
  }

  private static Answer register(Call call) {
    Payload payload = call.payload();
    G13Gateway gateway = call.gateway();
    String serial = payload.text("serial", LONGEST_SERIAL);
    String alias = payload.text("alias", LONGEST_ALIAS);
    String location = payload.text("location", LONGEST_LOCATION);
    G13Meter meter = gateway.registry.onBus(serial).orElseThrow(Refused::invalid);
    boolean wireless =
        meter.settings.bus().protocol() == MeterSettings.WIRELESS
            && gateway.registry.permitted().contains(serial);
    if (gateway.registry.registered(serial).isPresent()
        || !wireless && !gateway.scan.contains(serial)) {
      throw Refused.invalid();
    }
    return call.update(
        () -> {
          gateway.registry.register(meter, alias, location);
          gateway.scan.remove(serial);
          call.user().bind(serial, Users.Access.CONFIGURE);
        });
  }

  private static Answer deregister(Call call) {
    G13Gateway gateway = call.gateway();
    String serial = call.argument("serial");
    gateway.registry.registered(serial).orElseThrow(Refused::notFound);
    return call.update(
        () -> {
          gateway.registry.deregister(serial);
          gateway.users.all().forEach(user -> user.bind(serial, Users.Access.NO_ACCESS));
          gateway.log(GatewayEvent.DEVICE_DELETED, call.now());
        });
  }

  private static Answer permitted(Call call) {
    return Answer.json("meters", call.gateway().registry.permitted());
  }

  private static Answer permit(Call call) {
    List<String> permitted = call.gateway().registry.permitted();
    List<String> added =
        serials(call).stream().distinct().filter(each -> !permitted.contains(each)).toList();
    if (permitted.size() + added.size() > MOST_PERMITTED) {
      throw Refused.invalid();
    }
    return call.update(() -> permitted.addAll(added));
  }

  private static Answer forbid(Call call) {
    List<String> removed = serials(call);
    return call.update(() -> call.gateway().registry.permitted().removeAll(removed));
  }

  private static List<String> serials(Call call) {
    List<String> serials = new ArrayList<>();
    for (JsonValue each : call.payload().list("meters", MOST_PERMITTED)) {
      serials.add(Payload.text(each, LONGEST_SERIAL));
    }
    return serials;
  }
}
