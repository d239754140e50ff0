package org.meterledger.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class DatabaseOutageTest {

  private static final RuntimeException REFUSED =
      new DatabaseException(new SQLException("no connection", new SQLException("refused")));

  private final List<String> lines = new ArrayList<>();
  private final SettableClock clock = new SettableClock("2026-10-20T00:00:00Z");
  private final DatabaseOutage outage = new DatabaseOutage(new Lines(lines), clock);

  @Test
  void oneLineAMinuteHoweverOftenItIsNoticed() {
    for (int second = 0; second < 150; second++) {
      outage.noticed("nothing is read", REFUSED);
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(lines)
        .hasSize(3)
        .containsOnly("WARNING The database is away, nothing is read: refused");
  }

  @Test
  void theReturnIsToldOnceAndTheNextOutageAtOnce() {
    outage.over();
    outage.noticed("nothing is read", REFUSED);
    clock.advance(Duration.ofSeconds(5));
    outage.over();
    outage.over();
    outage.noticed("nothing is read", REFUSED);

    assertThat(lines)
        .containsExactly(
            "WARNING The database is away, nothing is read: refused",
            "INFO The database is back after 5 s",
            "WARNING The database is away, nothing is read: refused");
  }

  private record Lines(List<String> lines) implements System.Logger {

    @Override
    public String getName() {
      return "lines";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(level + " " + message + " " + thrown);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      lines.add(level + " " + MessageFormat.format(format, parameters));
    }
  }
}
