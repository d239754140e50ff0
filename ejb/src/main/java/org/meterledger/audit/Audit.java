package org.meterledger.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.sql.Connection;
import java.sql.SQLException;
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

  /** Stands where a secret was set. */
  public static final String HIDDEN = "***";

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
   * Something was done, in the transaction of the server; without one the entry is committed by
   * itself.
   *
   * @param subject serial number, name or id; null where there is none
   * @param before what there was, as it goes through JSON-B; null for nothing. Never a secret
   * @param after what there is now; null for nothing. Never a secret
   */
  public void done(AuditAction action, String subject, Object before, Object after) {
    database.update(INSERT, row(action, subject, Outcome.DONE, before, after));
  }

  /** The same in the transaction of a connection. */
  public void done(
      Connection connection, AuditAction action, String subject, Object before, Object after)
      throws SQLException {
    try (var statement =
        Database.prepare(connection, INSERT, row(action, subject, Outcome.DONE, before, after))) {
      statement.executeUpdate();
    }
  }

  /** Something was refused to the caller; outside of the transaction that is rolled back for it. */
  public void denied(AuditAction action, String subject) {
    denied(action, subject, null);
  }

  /** The same with something to say of it, as it goes through JSON-B; null for nothing. */
  public void denied(AuditAction action, String subject, Object after) {
    database.update(INSERT, row(action, subject, Outcome.DENIED, null, after));
  }

  /** Something was tried and did not work, as a sign-in; outside of a transaction. */
  public void failed(AuditAction action, String subject) {
    database.update(INSERT, row(action, subject, Outcome.FAILED, null, null));
  }

  private Object[] row(
      AuditAction action, String subject, Outcome outcome, Object before, Object after) {
    var by = caller();
    return new Object[] {
      clock.instant().truncatedTo(ChronoUnit.MICROS),
      by.accountId(),
      by.name(),
      by.tokenId(),
      by.address(),
      by.correlationId(),
      action.name(),
      subject,
      outcome.name(),
      text(before),
      text(after)
    };
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
