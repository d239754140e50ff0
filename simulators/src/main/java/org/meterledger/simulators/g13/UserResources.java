package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.ANYONE;
import static org.meterledger.simulators.g13.Router.Right.GATEWAY_ADMIN;

import java.util.ArrayList;
import java.util.List;

/** Users and what they may do (N17 to N23). */
final class UserResources {
  private static final int LONGEST_NAME = 21;
  private static final int LONGEST_KEY = 64;
  private static final int LONGEST_ACCESS = 9;

  private UserResources() {}

  static void addTo(Router router) {
    router.add(17, "GET", "/users", ANYONE, UserResources::list);
    router.add(18, "POST", "/users/{user}", ANYONE, UserResources::changeKey);
    router.add(19, "PUT", "/users", GATEWAY_ADMIN, UserResources::add);
    router.add(20, "DELETE", "/users/{user}", GATEWAY_ADMIN, UserResources::remove);
    router.add(21, "GET", "/users/{user}/bindings", ANYONE, UserResources::bindings);
    router.add(22, "PUT", "/users/{user}/bindings", GATEWAY_ADMIN, UserResources::bind);
    router.add(23, "DELETE", "/users/{user}/bindings", GATEWAY_ADMIN, UserResources::unbind);
  }

  private static Answer list(Call call) {
    List<Object> users = new ArrayList<>();
    for (Users.User user : call.gateway().users.all()) {
      users.add(Json.object("name", user.name));
    }
    return Answer.json("users", users);
  }

  /** The name in the payload takes precedence over that of the path (p. 83). */
  private static Users.User named(Call call) {
    String name = call.argument("user");
    if (call.hasPayload() && call.payload().has("name")) {
      name = call.payload().text("name", LONGEST_NAME);
    }
    return call.gateway().users.of(name).orElseThrow(Refused::invalid);
  }

  private static Answer changeKey(Call call) {
    Payload payload = call.payload();
    if (!payload.has("name") || !payload.has("key")) {
      throw Refused.missing("name and key tag");
    }
    Users.User user = named(call);
    String key = key(payload);
    if (!isAdmin(call)) {
      boolean own = user == call.user();
      if (!own || !user.hasKey(payload.text("oldkey", LONGEST_KEY))) {
        throw Refused.forbidden();
      }
    }
    return call.update(() -> user.setKey(key));
  }

  private static String key(Payload payload) {
    String key = payload.text("key", LONGEST_KEY);
    if (key.isEmpty()) {
      throw Refused.invalid();
    }
    return key;
  }

  private static boolean isAdmin(Call call) {
    return call.user().access(call.gateway().settings.serial()) == Users.Access.CONFIGURE;
  }

  private static Answer add(Call call) {
    Payload payload = call.payload();
    if (!payload.has("name") || !payload.has("key")) {
      throw Refused.missing("name and key tag");
    }
    String name = payload.text("name", LONGEST_NAME);
    String key = key(payload);
    if (!Users.isName(name) || call.gateway().users.of(name).isPresent()) {
      throw Refused.invalid();
    }
    return call.update(
        () -> {
          Users.User user = call.gateway().users.add(name, key);
          call.gateway()
              .registry
              .registered()
              .forEach(meter -> user.bind(meter.serial(), Users.Access.VIEW_ONLY));
        });
  }

  private static Answer remove(Call call) {
    Users.User user = named(call);
    String gateway = call.gateway().settings.serial();
    boolean lastAdmin =
        user.access(gateway) == Users.Access.CONFIGURE && call.gateway().users.admins(gateway) == 1;
    if (lastAdmin) {
      throw Refused.invalid();
    }
    return call.update(() -> call.gateway().users.remove(user.name));
  }

  private static Answer bindings(Call call) {
    Users.User user = call.gateway().users.of(call.argument("user")).orElseThrow(Refused::notFound);
    if (user != call.user() && !isAdmin(call)) {
      throw Refused.forbidden();
    }
    List<Object> bindings = new ArrayList<>();
    user.bindings()
        .forEach(
            (serial, access) -> bindings.add(Json.object("serial", serial, "access", access.text)));
    return Answer.json("bindings", bindings);
  }

  private static Answer bind(Call call) {
    Users.Access access =
        Users.Access.of(call.payload().text("access", LONGEST_ACCESS))
            .orElseThrow(Refused::invalid);
    return bind(call, access);
  }

  private static Answer unbind(Call call) {
    return bind(call, Users.Access.NO_ACCESS);
  }

  private static Answer bind(Call call, Users.Access access) {
    Users.User user = named(call);
    G13Gateway gateway = call.gateway();
    String serial = call.payload().text("serial", 17);
    boolean ofGateway = serial.equals(gateway.settings.serial());
    if (!ofGateway && gateway.registry.registered(serial).isEmpty()) {
      throw Refused.invalid();
    }
    boolean lastAdmin =
        user.access(serial) == Users.Access.CONFIGURE
            && ofGateway
            && access != Users.Access.CONFIGURE
            && gateway.users.admins(serial) == 1;
    if (lastAdmin) {
      throw Refused.invalid();
    }
    return call.update(() -> user.bind(serial, access));
  }
}
