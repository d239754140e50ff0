/**
 * What the simulators of all devices share: a clock that tests move, the load behind a meter,
 * faults that wait to be shown, and what was seen of the head-end. Knows nothing of any one device.
 */
package org.meterledger.simulators;
