package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.ANYONE;
import static org.meterledger.simulators.g13.Router.Right.GATEWAY_ADMIN;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The search for meters on the buses (N35 to N37). */
final class ScanResources {
  private static final int MOST_DEVICES = 32;
  private static final int MOST_ADDRESSES = 10;
  private static final int MOST_DELETED = 15;
  private static final int HIGHEST_ADDRESS = 250;

  /** How many addresses' time a search for all meters of a bus takes. */
  private static final int STEPS_FOR_ALL = 30;

  private static final int COMPLETE = 1;
  private static final int IN_PROGRESS = 2;

  /** What is asked of one bus: some addresses, or none for all its meters. */
  private record Search(int protocol, int baudrate, List<Integer> addresses, int devices) {
    boolean all() {
      return addresses.isEmpty();
    }

    int steps() {
      return all() ? STEPS_FOR_ALL : addresses.size();
    }

    /** After how many addresses' time a meter is found, -1 for never. */
    int place(MeterSettings meter) {
      if (meter.bus().protocol() != protocol || meter.bus().baudrate() != baudrate) {
        return -1;
      }
      return all() ? STEPS_FOR_ALL - 1 : addresses.indexOf(meter.bus().address());
    }
  }

  private ScanResources() {}

  static void addTo(Router router) {
    router.add(35, "GET", "/meters/scanned", ANYONE, ScanResources::list);
    router.add(36, "POST", "/meters/scanned/{token}", GATEWAY_ADMIN, ScanResources::start);
    router.add(37, "DELETE", "/meters/scanned", GATEWAY_ADMIN, ScanResources::delete);
  }

  private static Answer list(Call call) {
    Scan scan = call.gateway().scan;
    return Answer.json(
        "scanresult",
        scan.list().stream()
            .map(
                found ->
                    Json.object(
                        "token", found.token(),
                        "serial", found.serial(),
                        "protocol", Integer.toString(found.protocol()),
                        "address", Integer.toString(found.address())))
            .toList(),
        "scancomplete",
        scan.running(call.now()) ? IN_PROGRESS : COMPLETE);
  }

  private static Answer start(Call call) {
    G13Gateway gateway = call.gateway();
    int token = call.number("token", 0, Integer.MAX_VALUE);
    Payload payload = call.payload();
    if (payload.has("token") && payload.integer("token", 0, Integer.MAX_VALUE) != token
        || gateway.scan.running(call.now())) {
      throw Refused.invalid();
    }
    List<Search> searches = new ArrayList<>();
    int eqRate = (int) gateway.configuration.eqbus.get("baudrate");
    if (payload.has("eqbus")) {
      searches.add(primary(MeterSettings.EQ_BUS, eqRate, payload.object("eqbus")));
    }
    if (payload.has("mbus_wired")) {
      searches.add(mbus(MeterSettings.MBUS_WIRED, payload.object("mbus_wired")));
    }
    if (payload.has("mbus_ir")) {
      searches.add(mbus(MeterSettings.MBUS_IR, payload.object("mbus_ir")));
    }
    int devices = searches.stream().mapToInt(Search::devices).sum();
    if (searches.isEmpty() || devices > MOST_DEVICES) {
      throw Refused.invalid();
    }
    return call.update(() -> start(call, token, searches));
  }

  private static Search mbus(int protocol, Payload bus) {
    int baudrate = bus.integer("baudrate", 300, 38_400);
    if (bus.has("secondary")) {
      return new Search(protocol, baudrate, List.of(), 0);
    }
    Payload addresses =
        bus.has("primary") && !bus.has("start") && !bus.has("devices")
            ? bus.object("primary")
            : bus;
    if (addresses.isEmpty()) {
      // Over IR there is one meter, whatever its address (p. 120).
      return new Search(protocol, baudrate, List.of(), 1);
    }
    return primary(protocol, baudrate, addresses);
  }

  /** A range counts end - start, or the maker's own 17 to 49 would break the limit (p. 119). */
  private static Search primary(int protocol, int baudrate, Payload bus) {
    List<Integer> addresses = new ArrayList<>();
    if (bus.has("devices")) {
      for (JsonValue each : bus.list("devices", MOST_ADDRESSES)) {
        addresses.add(Payload.integer(each, 0, HIGHEST_ADDRESS));
      }
      if (addresses.isEmpty()) {
        throw Refused.invalid();
      }
      return new Search(protocol, baudrate, addresses, addresses.size());
    }
    int start = bus.integer("start", 0, HIGHEST_ADDRESS);
    int end = bus.integer("end", start, HIGHEST_ADDRESS);
    IntStream.rangeClosed(start, end).forEach(addresses::add);
    return new Search(protocol, baudrate, addresses, end - start);
  }

  private static void start(Call call, int token, List<Search> searches) {
    G13Gateway gateway = call.gateway();
    Predicate<G13Meter> unknown =
        meter -> gateway.registry.registered(meter.settings.serial()).isEmpty();
    List<Scan.Find> finds = new ArrayList<>();
    long begin = call.now();
    for (Search search : searches) {
      for (G13Meter meter : gateway.registry.onBuses()) {
        int place = search.place(meter.settings);
        if (place >= 0 && unknown.test(meter) && meter.answers()) {
          Scan.Found found =
              new Scan.Found(
                  token,
                  meter.settings.serial(),
                  search.protocol(),
                  meter.settings.bus().address());
          finds.add(new Scan.Find(begin + (place + 1) * gateway.scanSecondsPerAddress, found));
        }
      }
      begin += search.steps() * gateway.scanSecondsPerAddress;
    }
    gateway.scan.start(finds, begin);
  }

  private static Answer delete(Call call) {
    Scan scan = call.gateway().scan;
    if (!call.hasPayload() || call.payload().isEmpty()) {
      List<Object> all = scan.list().stream().map(found -> deleted(scan, found.serial())).toList();
      return Answer.json("deleted", all);
    }
    List<Object> deleted = new ArrayList<>();
    List<String> serials = new ArrayList<>();
    for (JsonValue each : call.payload().list("scanned", MOST_DELETED)) {
      serials.add(Payload.of(each).text("serial", 17));
    }
    serials.forEach(serial -> deleted.add(deleted(scan, serial)));
    return Answer.json("deleted", deleted);
  }

  /** 0 deleted, 1 not on the list. */
  private static Object deleted(Scan scan, String serial) {
    return Json.object("serial", serial, "status", scan.remove(serial) ? 0 : 1);
  }
}
