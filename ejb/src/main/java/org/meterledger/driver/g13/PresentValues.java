package org.meterledger.driver.g13;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterReading;
import org.meterledger.metering.RegisterValue;

/**
 * Reads all registers of a meter, resource by resource. What a meter does not have is not asked
 * for, as far as its type and its rights tell; a resource that fails leaves the others.
 */
final class PresentValues {

  private final G13Meter meter;
  private final Inquiry inquiry;
  private final G13Tables tables;
  private final Map<String, Measured> found = new HashMap<>();

  PresentValues(G13Meter meter, Abilities abilities, G13Tables tables) {
    this.meter = meter;
    this.inquiry = new Inquiry(abilities, meter::time);
    this.tables = tables;
  }

  /**
   * @param known as read in this session; holds counters as well
   * @param meterTime null where the meter does not know it
   */
  ReadResult<RegisterReading> read(MeterInfo known, Instant meterTime, String address) {
    for (Energy.Kind kind : Energy.Kind.values()) {
      var source = "energy/" + kind.word();
      ask(source, () -> meter.energy().read(kind), all -> energy(kind.word(), all));
    }
    ask(
        "energy/co2",
        () -> meter.energy().read(Energy.Conversion.CO2),
        value -> put("energy/co2", value));
    ask(
        "energy/currency",
        () -> meter.energy().read(Energy.Conversion.CURRENCY),
        value -> put("energy/currency", value));
    askAll("energy/resettable", () -> meter.energy().resettable());
    var resets = "energy/resetcounter";
    ask(resets, () -> meter.energy().resetCounts(), all -> counts(resets, all));
    ask("power", () -> meter.instruments().power(), this::power);
    ask(
        "instrument",
        () -> meter.instruments().instrument(),
        places -> places.forEach((place, all) -> putAll("instrument/" + place, all)));
    if (known.label().harmonics()) {
      harmonics("voltage", () -> meter.instruments().voltageHarmonics());
      harmonics("current", () -> meter.instruments().currentHarmonics());
    }
    ask("io", () -> meter.ports().states(), this::ports);
    ask("io", () -> meter.ports().configuration(), this::uses);
    ask("statusflags", () -> meter.statusFlags(), this::flags);
    ask("tariff", () -> meter.tariffs().state(), state -> count("tariff/tariff", state.tariff()));
    info(known);
    return result(meterTime, address);
  }

  private void askAll(String source, Supplier<ReadResult<Map<String, Measured>>> read) {
    ask(source, read, all -> putAll(source, all));
  }

  /**
   * @param source of the registers that it holds
   */
  private <T> void ask(String source, Supplier<ReadResult<T>> read, Inquiry.Take<T> take) {
    inquiry.ask(read, take, names(source));
  }

  private List<String> names(String source) {
    return tables.registers().stream()
        .filter(register -> (register.source() + "/").startsWith(source + "/"))
        .map(G13Tables.Register::name)
        .distinct()
        .toList();
  }

  private void put(String source, Measured value) {
    found.put(source, value);
  }

  private void putAll(String source, Map<String, Measured> values) {
    values.forEach((key, value) -> put(source + "/" + key, value));
  }

  private void count(String source, long count) {
    put(source, new Measured(BigDecimal.valueOf(count), ""));
  }

  private void counts(String source, Map<String, Long> counts) {
    counts.forEach((key, count) -> count(source + "/" + key, count));
  }

  private void energy(String kind, Energy.Registers registers) {
    putAll("energy/" + kind + "/import", registers.imported());
    putAll("energy/" + kind + "/export", registers.exported());
    putAll("energy/" + kind + "/net", registers.net());
  }

  private void power(Instruments.Power power) {
    putAll("power/active", power.active());
    putAll("power/reactive", power.reactive());
    putAll("power/apparent", power.apparent());
  }

  private void harmonics(
      String what, Supplier<ReadResult<Map<String, Instruments.Harmonics>>> read) {
    ask("harmonics/" + what, read, lines -> harmonics(what, lines));
  }

  private void harmonics(String what, Map<String, Instruments.Harmonics> lines) {
    lines.forEach(
        (line, harmonics) -> {
          var source = "harmonics/" + what + "/" + line + "/";
          put(source + "thd", new Measured(harmonics.thd(), ""));
          for (int i = 0; i < harmonics.harmonics().size(); i++) {
            put(source + (i + 1), new Measured(harmonics.harmonics().get(i), ""));
          }
        });
  }

  private void ports(List<Ports.State> states) {
    for (int i = 0; i < states.size(); i++) {
      var state = states.get(i);
      var source = "io/" + (i + 1) + "/";
      count(source + "currentstate", state.on() ? 1 : 0);
      if (state.storedState() != null) {
        count(source + "storedstate", state.storedState() ? 1 : 0);
      }
      if (state.counter() != null) {
        count(source + "counter", state.counter());
      }
    }
  }

  private void uses(List<Ports.Use> uses) {
    for (int i = 0; i < uses.size(); i++) {
      var use = PortSwitch.use(uses.get(i));
      if (use != null) {
        count("io/" + (i + 1) + "/use", use.code());
      }
    }
  }

  private void flags(StatusFlags flags) {
    count("statusflags/errors", tables.flags("errors", flags.errors()));
    count("statusflags/warnings", tables.flags("warnings", flags.warnings()));
    count("statusflags/informationflags", tables.flags("informationflags", flags.information()));
  }

  private void info(MeterInfo info) {
    if (info.powerFailures() >= 0) {
      count("info/powerfailcounter", info.powerFailures());
    }
    if (info.outageSeconds() >= 0) {
      count("info/poweroutagetime", info.outageSeconds());
    }
  }

  private ReadResult<RegisterReading> result(Instant meterTime, String address) {
    var fault = inquiry.end();
    var values = new ArrayList<RegisterValue>();
    for (G13Tables.Register register : tables.registers()) {
      var measured = found.get(register.source());
      var bad = measured == null ? null : add(values, register, measured, address);
      fault = bad == null ? fault : bad;
    }
    if (values.isEmpty()) {
      return fault != null
          ? new ReadResult.Failed<>(fault)
          : ReadResult.failed(Kind.INVALID_DATA, address + " holds none of this meter's values");
    }
    var reading = new RegisterReading(meterTime, values);
    return fault == null ? ReadResult.complete(reading) : new ReadResult.Partial<>(reading, fault);
  }

  /** Null, or why not: digits below the scaler are refused, rounding would invent a reading. */
  private static Fault add(
      List<RegisterValue> values, G13Tables.Register register, Measured measured, String address) {
    var channel = register.channel();
    try {
      var value = Units.in(channel.unit(), measured);
      if (value.stripTrailingZeros().scale() > -channel.scaler()) {
        throw new BadAnswer("has more digits than a meter in " + register.source());
      }
      values.add(new RegisterValue(channel.obis(), new Quantity(value, channel.unit()), null));
      return null;
    } catch (BadAnswer e) {
      return new Fault(Kind.PROTOCOL, address + " " + e.getMessage());
    }
  }
}
