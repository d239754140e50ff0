package org.meterledger.driver.dmed4;

import java.math.BigDecimal;

/**
 * What can be set for charging. Each is null where the meter does not tell it, or where it is not
 * to be sent.
 *
 * @param cableResistance by which losses of the cable are made good; the manual tells no unit
 * @param tariff number of the tariff
 * @param offset of local time from UTC, in minutes, -900 to 900 in steps of 15
 */
record ChargeSettings(BigDecimal cableResistance, Long tariff, Long offset) {}
