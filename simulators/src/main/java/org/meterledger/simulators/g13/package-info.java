/**
 * The ABB G13 gateway with its meters on the wire, after the maker's user manual 2CMC489001M0201
 * revision A ("manual" below; N1 to N91 are the resources of its section 6.3).
 *
 * <p>What a meter recorded is computed from a seed and a clock, so two runs with the same settings
 * record the same; {@link org.meterledger.simulators.g13.G13Meter} tells it as the oracle that an
 * archive is compared with. Knows nothing of the head-end: a simulator that shared parsing code
 * with a driver would share its mistakes.
 *
 * <p>The published manual is incomplete. Where it is silent or contradicts itself, this reading is
 * taken:
 *
 * <table>
 * <caption>Decisions</caption>
 * <tr><th>What</th><th>Decided how</th></tr>
 * <tr><td>Functions of a meter</td><td>By the level in its label: Iron active import; Steel export
 *     and previous values; Bronze reactive and apparent, ports, resettable registers, CO2 and
 *     currency; Silver tariffs, alarms, demand; Gold load profiles, phase angles; Platinum
 *     harmonics. What a type lacks answers 500 (N69 to N80: 502) "received invalid response from
 *     COSEM."</td></tr>
 * <tr><td>Unknown path or serial; bad value; payload over 512 bytes</td><td>404 "URI not found.";
 *     400 "Invalid Request"; 400 "JSON parse error", as only 512 bytes are read</td></tr>
 * <tr><td>Query parameters, payload of a GET, form-urlencoded</td><td>400 "Invalid Request"</td></tr>
 * <tr><td>No rights; meter refuses a write</td><td>403 "Forbidden Access Denied"; READ_WRITE_DENIED,
 *     under 200 for N72, N76, N80 and else under 500 or 502</td></tr>
 * <tr><td>Update of several parts</td><td>Parts are applied in the order of the manual's keys; the
 *     error ends with " Aborted at" and the key</td></tr>
 * <tr><td>Link header</td><td>/lasterror/0 when all is well, else a number; N91 answers status and
 *     des; of 100 errors the oldest is forgotten (400)</td></tr>
 * <tr><td>Session (N2, N3)</td><td>POST /login and /logout; one user at a time, 10 min after his
 *     last request another may; all else works without</td></tr>
 * <tr><td>Gateway admin</td><td>Binding Configure of the gateway's own serial; the last one cannot
 *     lose it; wanted for all updates of the gateway</td></tr>
 * <tr><td>N4</td><td>Keys mbus_wired and mbus_ir; get_request of N7 and N8 0 to 60000</td></tr>
 * <tr><td>N13</td><td>Only the visible ids 7, 9 to 15 occur; category 4 for meters, else 8; type
 *     2</td></tr>
 * <tr><td>N16</td><td>Only class 3 (register); {devices:[{serial, values:[value, unit]}]}</td></tr>
 * <tr><td>N17</td><td>{users:[{name}]}</td></tr>
 * <tr><td>N24 to N27</td><td>2 min for each meter, one after the other; an offline one fails; the
 *     last number of the version grows by one; an image must be there, any content will do</td></tr>
 * <tr><td>N26, N15</td><td>30 s during which connections are closed unanswered</td></tr>
 * <tr><td>N31 status</td><td>1 online, -1 offline: in "Offline 1 Registered 0 Online 1" the sign was
 *     lost</td></tr>
 * <tr><td>N33</td><td>A meter must have been scanned, a wireless one permitted</td></tr>
 * <tr><td>N35, N36</td><td>1 complete, 2 in progress; 1 s for each address, 30 s for all of a bus;
 *     only unknown meters with the asked baud rate are found; a range counts end - start, else the
 *     maker's 17 to 49 would exceed 32; start, end, devices directly in the bus or in
 *     "primary"</td></tr>
 * <tr><td>N37</td><td>{deleted:[{serial, status}]}</td></tr>
 * <tr><td>N41, N42</td><td>day 1 Monday to 7 Sunday, week 5 the last; start in standard, end in
 *     daylight-saving time; timestamps are the meter's wall clock</td></tr>
 * <tr><td>N48</td><td>Direct meters refuse; values are primary, so ratios do not change
 *     them</td></tr>
 * <tr><td>N51</td><td>Logs system, quality, event, each limited by itself, newest first; 2054 is
 *     power fail</td></tr>
 * <tr><td>N53</td><td>Above and below; a port must be alarm_out before</td></tr>
 * <tr><td>N54, N59</td><td>kvarh, kVAh, var, VA, though all samples print kWh and W</td></tr>
 * <tr><td>N56, N58</td><td>Enclosed in resettableenergy and resetcounter</td></tr>
 * <tr><td>N60 to N62</td><td>Keys l1_l2, l2_l3, l1_l3; thd and harmonics 2 to 17 in %</td></tr>
 * <tr><td>N69, N77</td><td>Item key "values", newest first as in the sample; a range takes the
 *     oldest; 255 and 500 kept; power off is bit 2 of the period; Wh, varh in previous
 *     values</td></tr>
 * <tr><td>N73</td><td>{mapping:[[name, unit]], items:[{status, timestamp, value}]}, oldest first,
 *     value a string; registers as they stood at the end, others as mean; a repeated hour has 0x01,
 *     a daylight-saving change no other bit; no channel is 404</td></tr>
 * <tr><td>N75</td><td>All eight channels at once; a channel that stays as it is keeps its
 *     items</td></tr>
 * <tr><td>N77</td><td>Levels are the three highest and lowest means of all subintervals' ends;
 *     billing 1 and 2 see the same</td></tr>
 * <tr><td>N79</td><td>Energies 1 to 40 are accepted as in the sample, though not on the
 *     list</td></tr>
 * <tr><td>N83 to N90</td><td>Profiles 1 to 16; up to 4 seasons and 50 special days; day 254 is the
 *     month's last; before its first switch point a day has the tariff of its last; a special day's
 *     number that has another date is refused; keys dayprofile and dayprofileid</td></tr>
 * <tr><td>Clocks</td><td>The gateway's knows no daylight saving, a meter's does</td></tr>
 * </table>
 */
package org.meterledger.simulators.g13;
