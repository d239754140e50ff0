package org.meterledger.driver;

import java.util.List;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;

/**
 * A bounded piece out of a meter's ring buffer.
 *
 * @param content the rows that were good
 * @param next where to go on; covers the refused rows too
 * @param more whether the meter holds rows after {@code next} that were there when this was read
 * @param events what the status of the rows tells of changes in the meter; usually empty
 * @param findings what was noticed on the way, in order; usually empty
 * @param refused rows that were not taken, each with its reason; usually empty
 */
public record Block<T>(
    T content,
    Cursor next,
    boolean more,
    List<LoggedEvent> events,
    List<Finding> findings,
    List<RefusedRow> refused) {
  public Block {
    events = List.copyOf(events);
    findings = List.copyOf(findings);
    refused = List.copyOf(refused);
  }
}
