/**
 * The EMU Professional II TCP/IP on the wire, after the maker's document 1475 v2.3 ("manual"
 * below).
 *
 * <p>What a meter recorded is computed from a seed and a clock, so two runs with the same settings
 * record the same rows; {@link org.meterledger.simulators.emu.EmuMeter#truth()} is the oracle that
 * an archive is compared with. Knows nothing of the head-end: a simulator that shared parsing code
 * with a driver would share its mistakes.
 */
package org.meterledger.simulators.emu;
