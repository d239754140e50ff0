package org.meterledger.launcher;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Waits as long as the database cannot be reached, and gives up on what waiting does not cure. */
final class WaitForDatabase {

  private static final int OLDEST_POSTGRESQL = 15;
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration REMINDER = Duration.ofSeconds(30);

  // PostgreSQL, "Appendix A. PostgreSQL Error Codes"
  private static final String CONNECTION_EXCEPTION_CLASS = "08";
  private static final String OPERATOR_INTERVENTION_CLASS = "57";
  private static final String INSUFFICIENT_RESOURCES_CLASS = "53";

  private final Settings settings;
  private final PrintStream out;

  WaitForDatabase(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  /** As the application, and as the owner of its tables where that is another role. */
  List<String> complaints() throws InterruptedException {
    List<String> complaints =
        complaints(settings.value(Settings.USER).orElse(Settings.STANDARD_USER), Settings.PASSWORD);
    Optional<String> owner = settings.value(Settings.OWNER);
    return complaints.isEmpty() && owner.isPresent()
        ? complaints(owner.get(), Settings.OWNER_PASSWORD)
        : complaints;
  }

  private List<String> complaints(String user, String password) throws InterruptedException {
    String url = settings.value(Settings.URL).orElseThrow();
    long nextReminder = System.nanoTime();
    boolean waited = false;
    while (true) {
      try (Connection connection = DriverManager.getConnection(url, properties(user, password))) {
        if (waited) {
          out.println("The database answers.");
        }
        return checkVersion(connection);
      } catch (SQLException e) {
        if (!waitingMayHelp(e)) {
          return List.of("the database at " + url + " refuses us: " + e.getMessage());
        }
        if (System.nanoTime() - nextReminder >= 0) {
          out.println("Waiting for the database at " + url + ": " + e.getMessage());
          nextReminder = System.nanoTime() + REMINDER.toNanos();
        }
        waited = true;
      }
      TimeUnit.MILLISECONDS.sleep(TICK.toMillis());
    }
  }

  private Properties properties(String user, String password) {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    settings.value(password).ifPresent(word -> properties.setProperty("password", word));
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("connectTimeout", "5");
    return properties;
  }

  private static List<String> checkVersion(Connection connection) throws SQLException {
    int major = connection.getMetaData().getDatabaseMajorVersion();
    return major >= OLDEST_POSTGRESQL
        ? List.of()
        : List.of("PostgreSQL " + major + " is too old, " + OLDEST_POSTGRESQL + " is needed");
  }

  private static boolean waitingMayHelp(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith(CONNECTION_EXCEPTION_CLASS)
            || state.startsWith(OPERATOR_INTERVENTION_CLASS)
            || state.startsWith(INSUFFICIENT_RESOURCES_CLASS));
  }
}
