package org.meterledger.driver.g13;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterResetTarget;
import org.meterledger.driver.g13.Energy.Resettable;
import org.meterledger.metering.ObisCode;

/** The registers that can be set to zero (N57, N58). */
final class ResettableRegisters implements RegisterResetTarget {

  private static final String SOURCE = "energy/resettable/";

  private final Supplier<ReadResult<G13Meter>> meter;
  private final Map<ObisCode, Resettable> registers = new LinkedHashMap<>();
  private final List<String> names;

  /**
   * @param meter asked only when it is called
   */
  ResettableRegisters(Supplier<ReadResult<G13Meter>> meter, G13Tables tables) {
    this.meter = meter;
    var rows = tables.registers().stream().filter(row -> row.source().startsWith(SOURCE)).toList();
    this.names = rows.stream().map(G13Tables.Register::name).toList();
    for (Resettable each : Resettable.values()) {
      rows.stream()
          .filter(row -> row.source().equals(SOURCE + each.key()))
          .forEach(row -> registers.put(row.channel().obis(), each));
    }
  }

  @Override
  public Set<ObisCode> resettable() {
    return Set.copyOf(registers.keySet());
  }

  @Override
  public ReadResult<Map<ObisCode, Long>> resetCounts() {
    return Results.then(
        meter.get(),
        found ->
            Results.then(
                new Abilities(found.gateway(), found).judged(found.energy().resetCounts(), names),
                counts -> ReadResult.complete(byCode(counts))));
  }

  private Map<ObisCode, Long> byCode(Map<String, Long> counts) {
    var byCode = new LinkedHashMap<ObisCode, Long>();
    registers.forEach(
        (code, register) -> {
          var count = counts.get(register.key());
          if (count != null) {
            byCode.put(code, count);
          }
        });
    return byCode;
  }

  @Override
  public CommandResult reset(Set<ObisCode> wanted) {
    return Results.command(
        meter.get(),
        found ->
            found.energy().reset(wanted.stream().map(registers::get).collect(Collectors.toSet())));
  }
}
