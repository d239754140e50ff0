package org.meterledger.driver.dmed4;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/**
 * The parameters over Modbus (manual p. 5): each is selected by its menu and number, then read or
 * written. The meter keeps what was written only when it is told to save, and starts anew then
 * without an answer; a fault before leaves all as it was.
 */
final class ModbusParameters {

  private static final long SAVE = 5;

  private final ModbusBlocks blocks;
  private final Dmed4Tables tables;

  ModbusParameters(ModbusBlocks blocks, Dmed4Tables tables) {
    this.blocks = blocks;
    this.tables = tables;
  }

  ReadResult<SortedMap<String, Long>> read() {
    var values = new TreeMap<String, Long>();
    for (var parameter : tables.parameters()) {
      var number = Results.after(selected(parameter), () -> blocks.parameter(parameter.words()));
      if (Results.value(number) == null) {
        return new ReadResult.Failed<>(Results.fault(number));
      }
      long value = Results.value(number);
      if (!parameter.holds(BigDecimal.valueOf(value))) {
        return ReadResult.failed(
            Kind.INVALID_DATA,
            "%s gives no usable number for %s".formatted(blocks.address(), parameter.name()));
      }
      values.put(parameter.name(), value);
    }
    return ReadResult.complete(values);
  }

  private CommandResult selected(Parameter parameter) {
    return Results.inOrder(
        List.of(
            () -> blocks.write("menu", parameter.menu()),
            () -> blocks.write("submenu", 0),
            () -> blocks.write("parameter", parameter.number())));
  }

  /**
   * @param before as they were read; what is equal is not sent
   */
  CommandResult write(SortedMap<String, Long> before, SortedMap<String, Long> after) {
    var steps = new ArrayList<Supplier<CommandResult>>();
    for (var parameter : tables.parameters()) {
      var value = after.get(parameter.name());
      if (!Objects.equals(value, before.get(parameter.name()))) {
        steps.add(() -> selected(parameter));
        steps.add(() -> blocks.writeParameter(value, parameter.words()));
      }
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("Nothing is to be changed");
    }
    var written = Results.inOrder(steps);
    return written instanceof CommandResult.Unconfirmed lost
        ? new CommandResult.Refused(lost.fault())
        : Results.command(written, () -> blocks.write("save", SAVE));
  }
}
