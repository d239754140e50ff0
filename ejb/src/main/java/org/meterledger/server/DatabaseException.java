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

  /**
   * Whether the database is away or shutting down (SQLSTATE classes 08 and 57), so that the same
   * work will succeed once it is back.
   */
  public boolean away() {
    String state = state();
    return state == null || state.startsWith("08") || state.startsWith("57");
  }

  /** Whether a key was there already (SQLSTATE 23505, unique_violation). */
  public boolean duplicate() {
    return "23505".equals(state());
  }

  private String state() {
    return ((SQLException) getCause()).getSQLState();
  }
}
