package org.meterledger.driver.g13;

import java.util.List;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/**
 * Tells a resource that failed from one that the meter does not have, for the gateway's error is
 * the same: a meter without a quantity has no right to it either (N28, N30). Only asked after an
 * error, so that rights that are told wrongly hide nothing that can be read.
 */
final class Abilities {

  private final G13Gateway gateway;
  private final G13Meter meter;
  private ReadResult<ParameterMapping> mapping;
  private ReadResult<AssociationObjects> rights;

  Abilities(G13Gateway gateway, G13Meter meter) {
    this.gateway = gateway;
    this.meter = meter;
  }

  /**
   * The same, or UNSUPPORTED where the meter has none of these quantities.
   *
   * @param names in the parameter mapping; one that is unknown there decides nothing
   */
  <T> ReadResult<T> judged(ReadResult<T> result, List<String> names) {
    if (!(result instanceof ReadResult.Failed<T> failed)) {
      return result;
    }
    var fault = failed.fault();
    return fault.kind() == Kind.PROTOCOL && fault.answer() != null && lacks(names)
        ? new ReadResult.Failed<>(new Fault(Kind.UNSUPPORTED, fault.detail(), fault.answer()))
        : result;
  }

  /** The same for all that is asked of the meter in a session. */
  ReadResult<ParameterMapping> mapping() {
    if (!(mapping instanceof ReadResult.Complete)) {
      mapping = gateway.parameterMapping();
    }
    return mapping;
  }

  ReadResult<AssociationObjects> rights() {
    rights = rights == null ? meter.associationObjects() : rights;
    return rights;
  }

  private boolean lacks(List<String> names) {
    var numbers = Results.value(mapping());
    var allowed = Results.value(rights());
    if (numbers == null || allowed == null) {
      return false;
    }
    var known = names.stream().flatMap(name -> numbers.number(name).stream()).toList();
    return !known.isEmpty() && known.stream().allMatch(allowed::denied);
  }
}
