/**
 * The driver of the Lovato DMED4 meters for DC charging (protocol {@code dmed4}), over Modbus or
 * REST as the address of a meter says, after the maker's communication manual I/GB 31100510,
 * 1721GBI09_25, "manual" in the comments here. The text at hand bears no page numbers: p. 1 is
 * Modbus, 2 functions and model codes, 3 registers, 4 and 5 charge cycle, logs and parameters, 6 to
 * 14 REST, 15 the remote displays. Nobody imports this.
 *
 * <p>{@link Dmed4Meter} is what can be asked over either transport; what the transports do not tell
 * alike is data (registers.csv, addresses.csv). Where the manual is silent or at odds with itself,
 * this is taken:
 *
 * <pre>
 * example 08 06   "total imported energy" is printed with function 06, which would write: never sent
 * 1-based         all registers, also those of the logs, which have no sample; see addresses.csv
 * function 11     byte 2 is the firmware; 45 is a DMED403x1500; R and D have the same code
 * serial number   is in no register: over Modbus it is MS of the newest record, else GS
 * 020A, 4284      signed minutes, for REST tells -900 to 900
 * 0030, 0034      hour counters without unit: kept as numbers
 * V10, A10, kW10  volts, amperes and kilowatts in tenths
 * 4C01            ready is bit 14, as the table says, not bit 1, which is of the length
 * 4E04            8 words without layout: seconds since 1970, code, 10 characters
 * event time      UTC over REST too, where no zone is told
 * event number    there is none: the place, counted on from the event that was read last
 * progressive     over Modbus it is the pagination of the record
 * no record       what comes in full and is none is refused and kept; the log is read on behind it
 * bit 6 of 4201   of the record signed last, until the next cycle begins
 * TRANS_ID        the pagination with its letter T
 * 4200 = 0 or 2   a cycle is prepared in 0, as the footnote says; 1, 2 and 3 are refused
 * prepared        is 1 with bit 1; bit 3 as well is not waited for, nothing being signed yet
 * synchronised    the time is sent before a cycle is prepared, where bit 5 is down
 * output length   at 4202 counts bytes
 * public key      SubjectPublicKeyInfo, binary or as text; X and Y only where there is none
 * wrong password  told by "logged" only; one that was refused is not sent again
 * POST parameters the four bytes of P05_03 only; all others are single numbers
 * 5004            one word; two for P05_03, P05_04 and P05_06
 * P03_02          may be the password: not told where it is that of the portal
 * cable, tariff   not in Modbus; operative status neither
 * PUT             with a query, as the examples show; the block that prints POST is a misprint
 * display         no transport tells what is shown: an operation, not a setting
 * </pre>
 */
package org.meterledger.driver.dmed4;
