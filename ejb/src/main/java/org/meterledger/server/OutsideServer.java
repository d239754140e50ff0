package org.meterledger.server;

import java.time.Clock;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** Database and time for a command that runs beside the server, by the same variables. */
public final class OutsideServer {

  private static final String URL = "METERLEDGER_DATABASE_URL";
  private static final String USER = "METERLEDGER_DATABASE_USER";
  private static final String PASSWORD = "METERLEDGER_DATABASE_PASSWORD";

  private final Database database;

  /**
   * @throws IllegalArgumentException when the address of the database is missing or none
   */
  public OutsideServer(Map<String, String> environment) {
    String url = environment.getOrDefault(URL, "");
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(URL + " must begin with jdbc:postgresql:");
    }
    var source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(environment.getOrDefault(USER, "meterledger"));
    source.setPassword(environment.get(PASSWORD));
    database = new Database(source);
  }

  public Database database() {
    return database;
  }

  public Clock clock() {
    return Clock.systemUTC();
  }
}
