package org.meterledger.driver;

/**
 * A row that the portal did not take, kept as it came.
 *
 * @param sequence the meter's running number of the row; -1 where that itself could not be read
 * @param reason a short key, the same for the same rule: {@code columns}, {@code number}, {@code
 *     range}, {@code time}, {@code future}, {@code serial}, {@code unreadable}
 * @param field the field that broke the rule; empty where the row as a whole did
 * @param raw the row as received, at most 2000 characters
 */
public record RefusedRow(long sequence, String reason, String field, String raw) {}
