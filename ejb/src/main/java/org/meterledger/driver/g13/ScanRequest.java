package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to look for (N36, manual p. 122 to 124). A secondary scan finds all, so it counts as none of
 * the addresses of a request.
 *
 * @param eqBus null where that bus is left out; likewise the others
 */
public record ScanRequest(Range eqBus, MBus wiredMBus, MBus infraredMBus) {

  /** Addresses in one request, of all buses together. */
  public static final int MOST_ADDRESSES = 32;

  /** Addresses that can be listed one by one. */
  public static final int MOST_LISTED = 10;

  /**
   * @throws IllegalArgumentException when a rule of the gateway is broken
   */
  public ScanRequest {
    Limit.rule(
        eqBus != null || wiredMBus != null || infraredMBus != null,
        "A scan names at least one bus");
    var addresses =
        Stream.of(
                eqBus,
                wiredMBus == null ? null : wiredMBus.primary(),
                infraredMBus == null ? null : infraredMBus.primary())
            .mapToInt(range -> range == null ? 0 : range.size())
            .sum();
    Limit.rule(
        addresses <= MOST_ADDRESSES,
        "One scan looks at " + MOST_ADDRESSES + " addresses at most, not " + addresses);
  }

  /**
   * Addresses, from one to another or listed.
   *
   * @param listed empty where {@code start} and {@code end} count
   */
  public record Range(int start, int end, List<Integer> listed) {
    /**
     * @throws IllegalArgumentException when a rule of the gateway is broken
     */
    public Range {
      listed = List.copyOf(listed);
      Limit.rule(
          listed.size() <= MOST_LISTED, "A scan lists at most " + MOST_LISTED + " addresses");
      Limit.rule(!listed.isEmpty() || start >= 0 && start <= end, "The first address comes first");
    }

    public static Range of(int start, int end) {
      return new Range(start, end, List.of());
    }

    public static Range of(List<Integer> listed) {
      Limit.rule(!listed.isEmpty(), "No address is listed");
      return new Range(0, 0, listed);
    }

    int size() {
      return listed.isEmpty() ? end - start + 1 : listed.size();
    }

    private void addTo(JsonObjectBuilder bus) {
      if (listed.isEmpty()) {
        bus.add("start", start).add("end", end);
      } else {
        bus.add("devices", Json.createArrayBuilder(listed));
      }
    }
  }

  /**
   * A scan of an M-Bus.
   *
   * @param primary null for a secondary scan, which needs no addresses
   */
  public record MBus(int baudRate, Range primary) {

    public static final List<Integer> BAUD_RATES =
        List.of(300, 600, 1200, 2400, 4800, 9600, 19200, 38400);

    /**
     * @throws IllegalArgumentException when a rule of the gateway is broken
     */
    public MBus {
      Limit.rule(
          BAUD_RATES.contains(baudRate),
          "An M-Bus is scanned at one of the baud rates " + BAUD_RATES);
    }

    private JsonObjectBuilder payload() {
      var bus = Json.createObjectBuilder().add("baudrate", baudRate);
      if (primary == null) {
        return bus.add("secondary", Json.createObjectBuilder());
      }
      var addresses = Json.createObjectBuilder();
      primary.addTo(addresses);
      return bus.add("primary", addresses);
    }
  }

  JsonObject payload(long token) {
    var payload = Json.createObjectBuilder();
    if (eqBus != null) {
      var bus = Json.createObjectBuilder();
      eqBus.addTo(bus);
      payload.add("eqbus", bus);
    }
    if (wiredMBus != null) {
      payload.add("mbus_wired", wiredMBus.payload());
    }
    if (infraredMBus != null) {
      payload.add("mbus_ir", infraredMBus.payload());
    }
    return payload.add("token", token).build();
  }
}
