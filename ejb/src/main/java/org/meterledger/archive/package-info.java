/**
 * The archive of interval data and of what meters freeze at the ends of periods: writing
 * idempotently, many meters to a transaction, and querying. All statements on {@code load_profile*}
 * and {@code billing_*} tables are here. Imports {@code metering}, {@code driver} (what a block
 * brings), {@code notice} and {@code server}.
 */
package org.meterledger.archive;
