package org.meterledger.driver.g13;

import java.math.BigDecimal;

/**
 * A value as the gateway gives it.
 *
 * @param unit as printed, for example {@code kWh}; empty where it is null
 */
public record Measured(BigDecimal value, String unit) {}
