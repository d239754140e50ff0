/**
 * Tells other systems over HTTP of operations that ended and of alarms: each at least once, signed,
 * in no particular order. What is to be told is written by triggers of the database in the
 * transaction in which it happened. Imports {@code logbook}, {@code meter}, {@code metering},
 * {@code notice}, {@code server} and {@code user}.
 */
package org.meterledger.webhook;
