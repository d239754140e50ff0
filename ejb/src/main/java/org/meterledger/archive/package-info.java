/**
 * The archive of interval data: writing idempotently, many meters to a transaction, and querying.
 * All statements on {@code load_profile*} tables are here. Imports {@code metering}, {@code driver}
 * (what a block brings), {@code notice} and {@code server}.
 */
package org.meterledger.archive;
