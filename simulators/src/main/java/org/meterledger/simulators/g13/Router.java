package org.meterledger.simulators.g13;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All resources, and who may use which. */
final class Router {
  /** What a user needs for a resource. */
  enum Right {
    ANYONE,
    GATEWAY_ADMIN,
    VIEW,
    CONFIGURE
  }

  /** Does what a resource is for. */
  interface Resource {
    Answer answer(Call call);
  }

  /**
   * One resource with one verb.
   *
   * @param number of the manual's section 6.3
   * @param path segments; those in braces are arguments
   */
  private record Route(int number, String verb, List<String> path, Right right, Resource resource) {
    /** A meter that does not answer makes a bad gateway of some resources (N69 to N80). */
    int statusOfSilence() {
      return number >= 69 && number <= 80 ? 502 : 500;
    }

    /** The three that answer a refused write under the status line 200 OK (N72, N76, N80). */
    boolean deniesUnder200() {
      return number == 72 || number == 76 || number == 80;
    }

    Optional<Map<String, String>> match(String asked, List<String> segments) {
      if (!verb.equals(asked) || path.size() != segments.size()) {
        return Optional.empty();
      }
      Map<String, String> arguments = new HashMap<>();
      for (int place = 0; place < path.size(); place++) {
        String wanted = path.get(place);
        if (wanted.startsWith("{")) {
          arguments.put(wanted.substring(1, wanted.length() - 1), segments.get(place));
        } else if (!wanted.equals(segments.get(place))) {
          return Optional.empty();
        }
      }
      return Optional.of(arguments);
    }
  }

  private final List<Route> routes = new ArrayList<>();

  Router() {
    GatewayResources.addTo(this);
    UserResources.addTo(this);
    FirmwareResources.addTo(this);
    // Before the registry, for "scanned" is no serial.
    ScanResources.addTo(this);
    RegistryResources.addTo(this);
    MeterResources.addTo(this);
    EventResources.addTo(this);
    EnergyResources.addTo(this);
    InstrumentResources.addTo(this);
    PortResources.addTo(this);
    PreviousValueResources.addTo(this);
    LoadProfileResources.addTo(this);
    DemandResources.addTo(this);
    TariffResources.addTo(this);
  }

  void add(int number, String verb, String path, Right right, Resource resource) {
    routes.add(new Route(number, verb, segments(path), right, resource));
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** Numbers of the manual's sections that are answered. */
  List<Integer> numbers() {
    return routes.stream().map(Route::number).distinct().sorted().toList();
  }

  /**
   * Answers a request of a known user.
   *
   * @param fault only those of meters and updates matter here
   * @throws Refused when the gateway or a meter refuses
   */
  Answer answer(
      G13Gateway gateway,
      Users.User user,
      String verb,
      String uri,
      String body,
      Optional<Fault> fault) {
    if (uri.contains("?")) {
      throw Refused.invalid(); // no query parameters with any verb (p. 50)
    }
    List<String> segments;
    try {
      segments = segments(uri).stream().map(QueryStringDecoder::decodeComponent).toList();
    } catch (IllegalArgumentException badEscape) {
      throw Refused.notFound();
    }
    for (Route route : routes) {
      Optional<Map<String, String>> arguments = route.match(verb, segments);
      if (arguments.isPresent()) {
        return answer(gateway, user, route, arguments.get(), body, fault);
      }
    }
    throw Refused.notFound();
  }

  private static Answer answer(
      G13Gateway gateway,
      Users.User user,
      Route route,
      Map<String, String> arguments,
      String body,
      Optional<Fault> fault) {
    long now = gateway.now();
    boolean aborted = fault.equals(Optional.of(Fault.PARTIAL_UPDATE));
    boolean offline = fault.equals(Optional.of(Fault.METER_OFFLINE));
    switch (route.right()) {
      case ANYONE, GATEWAY_ADMIN -> {
        if (route.right() == Right.GATEWAY_ADMIN
            && user.access(gateway.settings.serial()) != Users.Access.CONFIGURE) {
          throw Refused.forbidden();
        }
        return route
            .resource()
            .answer(new Call(gateway, user, null, now, arguments, body, aborted));
      }
      default -> {
        String serial = arguments.get("serial");
        gateway.registry.registered(serial).orElseThrow(Refused::notFound);
        Users.Access needed =
            route.right() == Right.VIEW ? Users.Access.VIEW_ONLY : Users.Access.CONFIGURE;
        if (user.access(serial).compareTo(needed) < 0) {
          throw Refused.forbidden();
        }
        if (offline || !gateway.reaches(serial)) {
          throw new Refused(route.statusOfSilence(), G13Gateway.NO_ANSWER);
        }
        G13Meter meter = gateway.registry.onBus(serial).orElseThrow();
        if (route.right() == Right.CONFIGURE && meter.writesDenied()) {
          throw new Refused(
              route.deniesUnder200() ? 200 : route.statusOfSilence(), G13Gateway.WRITE_DENIED);
        }
        return meter.asked(
            second ->
                answerOfMeter(
                    route, new Call(gateway, user, meter, second, arguments, body, aborted)));
      }
    }
  }

  private static Answer answerOfMeter(Route route, Call call) {
    try {
      return route.resource().answer(call);
    } catch (Refused refused) {
      if (refused.status() != 500) {
        throw refused;
      }
      throw new Refused(route.statusOfSilence(), refused.getMessage());
    }
  }
}
