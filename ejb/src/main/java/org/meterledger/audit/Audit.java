package org.meterledger.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.meterledger.access.CurrentCaller;
import org.meterledger.audit.AuditEntry.Outcome;
import org.meterledger.server.Database;

/**
 * Writes the trail. What was done is written in the transaction that does it, so that there is
 * neither one without the other; what was refused, where nothing is rolled back any more.
 */
@ApplicationScoped
public class Audit {

  private static final String INSERT =
      """
      insert into audit_entry (at, account_id, account, token_id, address, correlation_id, action,
                               subject, outcome, before, after)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?::json)""";

  private final Database database;
  private final CurrentCaller caller;
  private final Clock clock;
  private final Jsonb json = JsonbBuilder.create();

  /** For the client proxy only. */
  protected Audit() {
    this(null, null, null);
  }

  @Inject
  public Audit(Database database, CurrentCaller caller, Clock clock) {
    this.database = database;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * Something was changed.
   *
   * @param action as {@code METER_CHANGE}
   * @param subject serial number, name or id; null where there is none
   * @param before what there was, as it goes through JSON-B; null for nothing. Never a secret
   * @param after what there is now; null for nothing. Never a secret
   */
  public void done(String action, String subject, Object before, Object after) {
    write(action, subject, Outcome.DONE, before, after);
  }

  /** Something was refused to the caller; outside of the transaction that is rolled back for it. */
  public void denied(String action, String subject) {
    write(action, subject, Outcome.DENIED, null, null);
  }

  /** Something was tried and did not work, as a sign-in; outside of a transaction. */
  public void failed(String action, String subject) {
    write(action, subject, Outcome.FAILED, null, null);
  }

  private void write(String action, String subject, Outcome outcome, Object before, Object after) {
    database.update(
        INSERT,
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        caller().accountId(),
        caller().name(),
        caller().tokenId(),
        caller().address(),
        caller().correlationId(),
        action,
        subject,
        outcome.name(),
        text(before),
        text(after));
  }

  /** On a thread that serves no request it is the portal itself. */
  private CurrentCaller caller() {
    try {
      caller.accountId();
      return caller;
    } catch (ContextNotActiveException e) {
      return new CurrentCaller();
    }
  }

  private String text(Object part) {
    return part == null ? null : json.toJson(part);
  }
}
