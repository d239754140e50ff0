/**
 * The DC meters DMED404R… and DMED404D… and their remote display on the wire, after the maker's
 * communication manual I/GB 31100510, 1721GBI09_25 ("manual" below).
 *
 * <p>What a meter measures and signs follows from its settings, a clock and what is asked of it;
 * key and signatures follow from the seed, so that a simulator started again tells the same history
 * byte for byte. {@link org.meterledger.simulators.dmed4.Dmed4Meter} tells it as the oracle that an
 * archive is compared with. Knows nothing of the head-end: a simulator that shared parsing code
 * with a driver would share its mistakes.
 *
 * <p>Where the manual is silent or contradicts itself, this reading is taken:
 *
 * <table>
 * <caption>Decisions</caption>
 * <tr><th>What</th><th>Decided how</th></tr>
 * <tr><td>Register numbers</td><td>All are 1 more than the address in a request, those of the logs
 *     too</td></tr>
 * <tr><td>Reading what is only written, writing what is only read</td><td>Exception 02</td></tr>
 * <tr><td>Node in Modbus TCP</td><td>Not looked at by a meter; a display passes what is for the node
 *     of one of its meters, answers itself to its own and 0, else nobody answers</td></tr>
 * <tr><td>Two connections</td><td>Of Modbus TCP alone; a third is closed at once. Modbus RTU and
 *     ASCII come through a serial server, whose connections a boot does not end</td></tr>
 * <tr><td>Hour counters 0030h, 0034h</td><td>Seconds</td></tr>
 * <tr><td>4080h</td><td>Refused with 04 during a charge; P06_02 is the timeout of the
 *     synchronization in minutes (4283h), after which bit 5 is gone</td></tr>
 * <tr><td>4284h, 020Ah</td><td>Two's complement</td></tr>
 * <tr><td>4200h before a cycle</td><td>0, and 1 once an input was taken, for which the clock must be
 *     synchronized; else bit 2 of error dword 1</td></tr>
 * <tr><td>Input with an error</td><td>Written without exception; the error dword tells. The same in
 *     REST has status 400</td></tr>
 * <tr><td>Command in the wrong state</td><td>Exception 04; while a signature is made 06. In REST
 *     400</td></tr>
 * <tr><td>Signature being made</td><td>Until 4201h was read once or 2 s are over the old status is
 *     told, with bit 2, and no output</td></tr>
 * <tr><td>r</td><td>As E. TX of the first reading is always B; that of the fourth is B, C or
 *     E</td></tr>
 * <tr><td>Keys of a record</td><td>Those of the input in their order, then PG T1, T2, …, MV, MM, MS
 *     of the meter, then RD. PG is the internal progressive number too</td></tr>
 * <tr><td>RI of the readings</td><td>1-0:1.8.0, 1-0:2.8.0, 1-0:1.9.0</td></tr>
 * <tr><td>4203h, 46C0h</td><td>The signed part of the record</td></tr>
 * <tr><td>4204h, 4640h</td><td>The signature in DER as hex or base64 text</td></tr>
 * <tr><td>4F20h, public_key_ocmf</td><td>SubjectPublicKeyInfo in DER with zeros behind it; in REST
 *     in hex</td></tr>
 * <tr><td>Index from the last</td><td>0 is the last</td></tr>
 * <tr><td>4C01h</td><td>Bit 14 is data ready; at the first look it is bit 15, ongoing</td></tr>
 * <tr><td>4E04h</td><td>Seconds of 1970 in two registers, code, ten ASCII characters of
 *     arguments</td></tr>
 * <tr><td>TRANS_ID</td><td>The pagination PG or the identification ID; of several the
 *     newest</td></tr>
 * <tr><td>log_search_status, log_search_position</td><td>0 not searched, 1 found, 2 not found;
 *     places from the newest</td></tr>
 * <tr><td>Numbers of voltage, current, power in REST</td><td>Tenths of V, A and kW</td></tr>
 * <tr><td>POST ocmf</td><td>The object itself, or as text in OCMF_BUFF</td></tr>
 * <tr><td>logged</td><td>Of the whole meter, until it boots; a lock outlasts that</td></tr>
 * <tr><td>Refused in REST</td><td>400; 501 for a method that a resource does not have; 404 for other
 *     paths; never a body</td></tr>
 * <tr><td>P05_03</td><td>The one parameter that is written byte by byte; two registers in
 *     Modbus</td></tr>
 * <tr><td>Parameters locked</td><td>While operating or charging: exception 04, in REST 400</td></tr>
 * <tr><td>Cable resistance</td><td>Locked with the operative status</td></tr>
 * </table>
 */
package org.meterledger.simulators.dmed4;
