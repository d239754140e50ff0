package org.meterledger.simulators.dmed4;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parameters {@code P01_01} to {@code P06_02}. The manual gives the values of those that are
 * choices; the others take what their width holds.
 */
final class Parameters {
  static final int USUAL_SYNC_TIMEOUT = 1440;

  /** The IP address, which a block to be written gives byte by byte. */
  static final String ADDRESS = "P05_03";

  private static final long ANY_16 = 0xFFFF;
  private static final long ANY_32 = 0xFFFF_FFFFL;

  private record Limit(long least, long most) {
    int words() {
      return most > ANY_16 ? 2 : 1;
    }
  }

  private final Map<String, Limit> limits = new LinkedHashMap<>();
  private final Map<String, Long> values = new LinkedHashMap<>();
  private final Map<String, Long> staged = new LinkedHashMap<>();

  Parameters(Dmed4Settings settings) {
    add("P01_01", 0, ANY_16, 0);
    for (int number = 1; number <= 5; number++) {
      add("P02_0" + number, 0, 1, 0);
    }
    add("P03_01", 0, 1, 1);
    add("P03_02", 0, ANY_16, 60);
    add("P04_01", 1, 247, settings.node());
    add("P04_02", 0, 7, 3);
    add("P04_03", 0, 4, 0);
    add("P04_04", 0, ANY_16, 1);
    add("P04_05", 0, 1, 0);
    add("P04_06", 0, 1, 0);
    add("P05_01", 0, ANY_16, 0);
    add("P05_02", 0, ANY_16, 0);
    add(ADDRESS, 0, ANY_32, 0xC0A8_0101L);
    add("P05_04", 0, ANY_32, 0xFFFF_FF00L);
    add("P05_05", 0, 1, 0);
    add("P05_06", 0, ANY_32, 0);
    add("P05_07", 0, ANY_16, 502);
    add("P05_08", 0, ANY_16, 0);
    add("P05_09", 0, ANY_16, 0);
    add("P05_10", 0, 1, 1);
    add("P05_11", 0, 1, 0);
    add("P06_01", 0, 1, 0);
    add("P06_02", 1, ANY_16, USUAL_SYNC_TIMEOUT);
  }

  private void add(String name, long least, long most, long value) {
    limits.put(name, new Limit(least, most));
    values.put(name, value);
  }

  long node() {
    return values.get("P04_01");
  }

  boolean base64() {
    return values.get("P06_01") == 1;
  }

  long syncTimeoutMinutes() {
    return values.get("P06_02");
  }

  /** All values by name, in the manual's order. */
  Map<String, Long> values() {
    return new LinkedHashMap<>(values);
  }

  /** Width in registers; no such parameter is refused. */
  int words(String name) {
    return limit(name).words();
  }

  long value(String name) {
    limit(name);
    return staged.getOrDefault(name, values.get(name));
  }

  /** Keeps a value until it is saved. */
  void stage(String name, long value) {
    Limit limit = limit(name);
    if (value < limit.least() || value > limit.most()) {
      throw Refusal.value(name + " " + value);
    }
    staged.put(name, value);
  }

  /** Takes over what was staged; the device boots then. */
  void save() {
    values.putAll(staged);
    staged.clear();
  }

  /** What was not saved is gone. */
  void boot() {
    staged.clear();
  }

  /** Replaces all of them; nothing changes when one is missing, unknown or out of its limits. */
  void replace(Fields given) {
    Map<String, Long> block = new LinkedHashMap<>();
    for (Map.Entry<String, Limit> each : limits.entrySet()) {
      String name = each.getKey();
      block.put(
          name,
          name.equals(ADDRESS)
              ? address(given)
              : given.number(name, each.getValue().least(), each.getValue().most()));
    }
    if (given.size() != limits.size() + 3) {
      throw Refusal.value("Keys that are no parameters");
    }
    values.putAll(block);
    staged.clear();
  }

  private static long address(Fields given) {
    long address = 0;
    for (int part = 1; part <= 4; part++) {
      address = address << 8 | given.number(ADDRESS + "_0" + part, 0, 255);
    }
    return address;
  }

  private Limit limit(String name) {
    Limit limit = limits.get(name);
    if (limit == null) {
      throw Refusal.operation("No parameter " + name);
    }
    return limit;
  }
}
