package org.meterledger.audit;

import java.io.Serializable;
import java.time.Instant;

/**
 * Which entries are wanted; a part that is null asks nothing.
 *
 * @param from included
 * @param to not included
 * @param action the whole word, or its beginning up to {@code _}
 */
public record AuditFilter(
    Instant from,
    Instant to,
    String account,
    String action,
    String subject,
    AuditEntry.Outcome outcome,
    String correlationId)
    implements Serializable {

  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null, null);
}
