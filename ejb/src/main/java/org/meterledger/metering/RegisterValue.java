package org.meterledger.metering;

import java.time.Instant;
import java.util.Objects;

/**
 * One register as the meter gave it.
 *
 * @param obis not null
 * @param quantity not null; a register without a value is left out, not set to zero
 * @param occurredAt when a minimum or maximum occurred; null for registers that have no such time
 */
public record RegisterValue(ObisCode obis, Quantity quantity, Instant occurredAt) {
  public RegisterValue {
    Objects.requireNonNull(obis);
    Objects.requireNonNull(quantity);
  }
}
