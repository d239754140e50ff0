package org.meterledger.driver.g13;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.metering.Channel;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.Unit;

/** The tables of model {@code abb-g13}, in the types that the driver works with. */
record G13Tables(
    MeterModel model,
    List<Register> registers,
    Map<String, Register> byName,
    Map<ObisCode, Integer> profiles,
    List<StatusBit> statusBits,
    Map<ObisCode, String> logbooks,
    Map<String, Map<String, Integer>> flags) {

  static final String REGISTERS = "registers";

  /**
   * A row of registers.csv.
   *
   * @param name of the quantity in the parameter mapping
   * @param source resource and keys of the present value
   */
  record Register(String name, Channel channel, String source) {}

  /** A row of status.csv. */
  record StatusBit(int bit, int flag, boolean event, int code) {}

  static G13Tables of(MeterModel model) {
    var registers = model.table(REGISTERS).stream().map(G13Tables::register).toList();
    var profiles = new LinkedHashMap<ObisCode, Integer>();
    for (var row : model.table("load-profiles")) {
      profiles.put(ObisCode.of(row.get("profile")), Integer.valueOf(row.get("interval")));
    }
    var logbooks = new LinkedHashMap<ObisCode, String>();
    for (var row : model.table("logbooks")) {
      logbooks.put(ObisCode.of(row.get("logbook")), row.get("key"));
    }
    var flags = new HashMap<String, Map<String, Integer>>();
    for (var row : model.table("flags")) {
      flags
          .computeIfAbsent(row.get("group"), group -> new HashMap<>())
          .put(flagKey(row.get("flag")), Integer.valueOf(row.get("bit")));
    }
    return new G13Tables(
        model,
        registers,
        byName(registers),
        profiles,
        model.table("status").stream().map(G13Tables::statusBit).toList(),
        logbooks,
        flags);
  }

  private static String flagKey(String flag) {
    return flag.equals("*") ? flag : Node.plain(flag);
  }

  /** Names that stand for one register; those of all harmonics of a line stand for many. */
  private static Map<String, Register> byName(List<Register> registers) {
    var byName = new HashMap<String, Register>();
    for (Register register : registers) {
      var key = key(register.name());
      byName.put(key, byName.containsKey(key) ? null : register);
    }
    byName.values().removeIf(java.util.Objects::isNull);
    return Map.copyOf(byName);
  }

  /** {@code ACTIVE_ENERGY_IMPORT_TOTAL} is also called {@code active_import_total} (p. 199). */
  private static String key(String name) {
    return Node.plain(name).replace("energy", "");
  }

  Optional<Register> find(String name) {
    return Optional.ofNullable(byName.get(key(name)));
  }

  /**
   * The code of a quantity that the table does not know: its number, in the maker's range.
   *
   * @param number in the parameter mapping of the gateway
   */
  static Channel unknown(int number, Unit unit) {
    return new Channel(
        new ObisCode(1, 199, number / 256 % 256, 128, number % 256, 255), unit, -3, 0);
  }

  int flags(int status) {
    return statusBits.stream()
        .filter(bit -> (bit.bit() & status) != 0)
        .mapToInt(StatusBit::flag)
        .reduce(0, (a, b) -> a | b);
  }

  /** The bits of flags as the gateway names them; unknown ones share a bit. */
  long flags(String group, List<String> names) {
    var known = flags.get(group);
    return names.stream()
        .mapToLong(name -> 1L << known.getOrDefault(Node.plain(name), known.get("*")))
        .reduce(0, (a, b) -> a | b);
  }

  private static Register register(Map<String, String> row) {
    return new Register(
        row.get("name"),
        new Channel(
            ObisCode.of(row.get("obis")),
            Unit.ofSymbol(row.get("unit")),
            Integer.parseInt(row.get("scaler")),
            0),
        row.get("source"));
  }

  private static StatusBit statusBit(Map<String, String> row) {
    return new StatusBit(
        Integer.parseInt(row.get("bit")),
        row.get("flag").isEmpty() ? 0 : RowStatus.valueOf(row.get("flag")).bit(),
        row.get("event").equals("yes"),
        Integer.parseInt(row.get("code")));
  }
}
