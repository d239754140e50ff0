package org.meterledger.simulators.g13;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The meters on a gateway's buses, and under which names it knows them. */
final class Registry {
  /** A registered meter's names; a device that was exchanged is known but no longer there. */
  record Entry(String serial, int protocol, int address, String alias, String location) {}

  private final Map<String, G13Meter> onBuses = new LinkedHashMap<>();
  private final Map<String, Entry> registered = new LinkedHashMap<>();
  private final List<String> permitted = new ArrayList<>();

  void connect(G13Meter meter) {
    onBuses.put(meter.settings.serial(), meter);
  }

  void disconnect(String serial) {
    onBuses.remove(serial);
  }

  Iterable<G13Meter> onBuses() {
    return onBuses.values();
  }

  Optional<G13Meter> onBus(String serial) {
    return Optional.ofNullable(onBuses.get(serial));
  }

  void register(G13Meter meter, String alias, String location) {
    MeterSettings settings = meter.settings;
    registered.put(
        settings.serial(),
        new Entry(
            settings.serial(),
            settings.bus().protocol(),
            settings.bus().address(),
            alias,
            location));
  }

  void rename(String serial, String alias, String location) {
    Entry old = registered.get(serial);
    registered.put(serial, new Entry(serial, old.protocol(), old.address(), alias, location));
  }

  void deregister(String serial) {
    registered.remove(serial);
  }

  Optional<Entry> registered(String serial) {
    return Optional.ofNullable(registered.get(serial));
  }

  List<Entry> registered() {
    return List.copyOf(registered.values());
  }

  /** Serials of wireless meters that may join. */
  List<String> permitted() {
    return permitted;
  }
}
