package org.meterledger.driver.dmed4;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.metering.Channel;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Unit;

/** The tables of a model of this protocol, in the types that the driver works with. */
record Dmed4Tables(
    MeterModel model,
    List<Register> registers,
    Map<String, Address> addresses,
    List<Flag> flags,
    List<Parameter> parameters) {

  static final String FUNCTION_11 = "function11";
  static final String SYSTEM_STATUS = "system_status";

  /**
   * A row of registers.csv.
   *
   * @param resource of REST; empty where it does not tell it
   * @param factor power of ten from the number told by REST to the channel's unit
   * @param address of Modbus; null where it does not tell it
   * @param addressFactor power of ten from the number told by Modbus
   */
  record Register(
      String name,
      Channel channel,
      String resource,
      String key,
      int factor,
      Address address,
      int addressFactor) {}

  /**
   * A row of flags.csv.
   *
   * @param names as the meter may spell it; empty where it is told as a bit
   */
  record Flag(String group, List<String> names, int bit, ObisCode register, String words) {}

  static Dmed4Tables of(MeterModel model) {
    var addresses = new LinkedHashMap<String, Address>();
    model.table("addresses").stream()
        .map(Address::of)
        .forEach(address -> addresses.put(address.name(), address));
    return new Dmed4Tables(
        model,
        model.table("registers").stream().map(row -> register(row, addresses)).toList(),
        addresses,
        model.table("flags").stream().map(Dmed4Tables::flag).toList(),
        model.table("parameters").stream().map(Parameter::of).toList());
  }

  private static Register register(Map<String, String> row, Map<String, Address> addresses) {
    var json = row.get("json");
    var slash = json.lastIndexOf('/');
    return new Register(
        row.get("name"),
        new Channel(
            ObisCode.of(row.get("obis")),
            Unit.ofSymbol(row.get("unit")),
            Integer.parseInt(row.get("scaler")),
            0),
        json.isEmpty() ? "" : json.substring(0, slash),
        json.substring(slash + 1),
        exponent(row.get("json_factor")),
        row.get("address").isEmpty() ? null : addresses.get(row.get("address")),
        exponent(row.get("address_factor")));
  }

  private static int exponent(String text) {
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  private static Flag flag(Map<String, String> row) {
    return new Flag(
        row.get("group"),
        Stream.of(row.get("flag").split("\\|")).filter(name -> !name.isEmpty()).toList(),
        Integer.parseInt(row.get("bit")),
        ObisCode.of(row.get("register")),
        row.get("meaning_en"));
  }

  /** A number times a power of ten, with no more zeros in front of the point than it has. */
  static BigDecimal scaled(BigDecimal number, int factor) {
    var exact = number.scaleByPowerOfTen(factor);
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  /** All registers, and those that hold flags made of words. */
  List<Channel> channels() {
    var made =
        flags.stream()
            .map(Flag::register)
            .distinct()
            .filter(
                obis -> registers.stream().noneMatch(each -> each.channel().obis().equals(obis)))
            .map(obis -> new Channel(obis, Unit.NONE, 0, 0));
    return Stream.concat(registers.stream().map(Register::channel), made).toList();
  }

  Address address(String name) {
    return addresses.get(name);
  }

  List<Flag> group(String name) {
    return flags.stream().filter(flag -> flag.group().equals(name)).toList();
  }

  /**
   * What the bits that are up mean, in the order of the table; one without a name by its number.
   */
  List<String> words(String group, long bits) {
    var known = group(group).stream().collect(Collectors.toMap(Flag::bit, Flag::words));
    return Stream.iterate(0, bit -> bit + 1)
        .limit(Integer.SIZE)
        .filter(bit -> (bits >> bit & 1) == 1)
        .map(bit -> known.getOrDefault(bit, "bit " + bit))
        .toList();
  }

  /** The bit of a flag by its name; that of any other where the table does not know it. */
  long bit(String group, String name) {
    var all = group(group);
    return 1L
        << all.stream()
            .filter(flag -> flag.names().stream().anyMatch(name::equalsIgnoreCase))
            .findFirst()
            .orElseGet(() -> all.stream().filter(f -> f.names().contains("*")).findFirst().get())
            .bit();
  }

  /**
   * What a code stands for; the code itself where the table does not know it.
   *
   * @param source {@link #FUNCTION_11} or {@link #SYSTEM_STATUS}
   */
  String modelName(String source, String code) {
    return model.table("models").stream()
        .filter(row -> row.get("source").equals(source) && row.get("code").equals(code))
        .map(row -> row.get("model"))
        .findFirst()
        .orElse("DMED4, code " + code);
  }

  boolean knows(String source, String code) {
    return model.table("models").stream()
        .anyMatch(row -> row.get("source").equals(source) && row.get("code").equals(code));
  }
}
