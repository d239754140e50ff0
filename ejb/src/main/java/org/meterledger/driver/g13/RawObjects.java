package org.meterledger.driver.g13;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.meterledger.driver.CosemSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.metering.ObisCode;

/** COSEM objects of one meter, read through the gateway (N16). */
final class RawObjects implements CosemSource {

  /** How {@link Judged} tells the status of an answer that the gateway gave. */
  private static final String BAD_REQUEST = "HTTP 400\n";

  private final Supplier<ReadResult<G13Meter>> meter;
  private final Function<G13Meter, Abilities> abilities;
  private final Cosem cosem;
  private final G13Tables tables;

  RawObjects(
      Supplier<ReadResult<G13Meter>> meter,
      Function<G13Meter, Abilities> abilities,
      Cosem cosem,
      G13Tables tables) {
    this.meter = meter;
    this.abilities = abilities;
    this.cosem = cosem;
    this.tables = tables;
  }

  @Override
  public ReadResult<List<Attribute>> readAttributes(
      int classId, ObisCode logicalName, List<Integer> attributes) {
    return Results.then(
        meter.get(),
        found ->
            refused(
                abilities
                    .apply(found)
                    .judged(
                        cosem.attributes(found.serialNumber(), classId, logicalName, attributes),
                        names(logicalName))));
  }

  private List<String> names(ObisCode logicalName) {
    return tables.registers().stream()
        .filter(register -> register.channel().obis().equals(logicalName))
        .map(G13Tables.Register::name)
        .toList();
  }

  /** Nothing but what was asked for can be wrong with the request. */
  private static <T> ReadResult<T> refused(ReadResult<T> result) {
    var fault = Results.fault(result);
    return result instanceof ReadResult.Failed<T>
            && fault.kind() == Kind.INVALID_DATA
            && fault.answer() != null
            && fault.answer().startsWith(BAD_REQUEST)
        ? new ReadResult.Failed<>(new Fault(Kind.UNSUPPORTED, fault.detail(), fault.answer()))
        : result;
  }
}
