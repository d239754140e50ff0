/**
 * What the simulators of all devices share: a clock that tests move, the load behind a meter,
 * faults that wait to be shown, what was seen of the head-end, ports, certificates and options.
 * Knows nothing of any one device.
 */
package org.meterledger.simulators;
