package org.meterledger.server;

import java.sql.SQLException;

/**
 * A statement failed; unchecked, since no caller but the archive writer can do anything about it.
 */
public class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DatabaseException(SQLException cause) {
    super(cause);
  }

  /** Whether an exception tells that the database is {@link #away()}. */
  public static boolean away(RuntimeException e) {
    return e instanceof DatabaseException database && database.away();
  }

  /** Whether the database cannot be reached or is shutting down (SQLSTATE classes 08 and 57). */
  public boolean away() {
    String state = state();
    return state == null || state.startsWith("08") || state.startsWith("57");
  }

  /**
   * Whether the same work will succeed later: the database is {@link #away()}, or rolled this
   * transaction back for the sake of another (class 40, deadlock).
   */
  public boolean passing() {
    return away() || state().startsWith("40");
  }

  /** Whether a key was there already (SQLSTATE 23505, unique_violation). */
  public boolean duplicate() {
    return "23505".equals(state());
  }

  /** Whether another row still refers to the one that was to go (SQLSTATE 23503). */
  public boolean referred() {
    return "23503".equals(state());
  }

  private String state() {
    return ((SQLException) getCause()).getSQLState();
  }
}
