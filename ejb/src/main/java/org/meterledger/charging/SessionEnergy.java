package org.meterledger.charging;

import java.math.BigDecimal;

/**
 * What one register counted in a session.
 *
 * @param identification the OBIS code as the record writes it
 * @param register what it counts
 * @param begin its value at the begin, with its digits; null where the records tell none
 * @param end its value at the end, with its digits; null while the session lasts
 * @param energy of the session, never negative, with the digits of both; null where begin or end is
 *     missing, or they do not fit together
 * @param unit as the record writes it, {@code kWh} or {@code Wh}; null where the record tells none
 */
public record SessionEnergy(
    String identification,
    EnergyRegister register,
    BigDecimal begin,
    BigDecimal end,
    BigDecimal energy,
    String unit) {}
