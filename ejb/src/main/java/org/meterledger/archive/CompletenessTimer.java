package org.meterledger.archive;

import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Counts every five seconds what was archived since. What that is lives in tables. */
@Singleton
@Startup
@TransactionAttribute(NOT_SUPPORTED)
public class CompletenessTimer {

  private static final Logger LOGGER = System.getLogger(CompletenessTimer.class.getName());

  @Inject private CompletenessCount count;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false, info = "completeness")
  void tick() {
    try {
      count.tick();
    } catch (RuntimeException e) { // escaping, it would make the container call again at once
      LOGGER.log(Level.WARNING, "Completeness not counted; next try in five seconds", e);
    }
  }
}
