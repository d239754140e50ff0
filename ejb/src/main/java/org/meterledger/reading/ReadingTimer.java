package org.meterledger.reading;

import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Starts due readings each second. What is due, and when, lives in table reading_task. */
@Singleton
@Startup
@TransactionAttribute(NOT_SUPPORTED)
public class ReadingTimer {

  private static final Logger LOGGER = System.getLogger(ReadingTimer.class.getName());

  @Inject private ReadingRound round;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false, info = "due readings")
  void tick() {
    try {
      round.tick();
    } catch (RuntimeException e) { // escaping, it would make the container call again at once
      LOGGER.log(Level.WARNING, "Reading round not started; next try in a second", e);
    }
  }

  @Schedule(
      hour = "*",
      minute = "*",
      second = "*/5",
      persistent = false,
      info = "operations that expired or were left by a lost node")
  void sweep() {
    round.sweep();
  }
}
