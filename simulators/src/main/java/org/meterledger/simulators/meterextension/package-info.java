/**
 * The MeterExtension #1 on the wire, after the maker's interface description 1.0 of 2024-08-26
 * ("manual" below): one box that hears the telegrams of one or several meters and tells them as
 * JSON.
 *
 * <p>What a meter has measured is computed from a seed and a clock; {@link
 * org.meterledger.simulators.meterextension.MeterExtension#truth()} is the oracle that a reading is
 * compared with. Knows nothing of the head-end: a simulator that shared parsing code with a driver
 * would share its mistakes.
 */
package org.meterledger.simulators.meterextension;
