package org.meterledger.archive;

import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Makes partitions ahead, and drops what need not be kept any longer. */
@Singleton
@Startup
@TransactionAttribute(NOT_SUPPORTED)
public class RetentionTimer {

  private static final Logger LOGGER = System.getLogger(RetentionTimer.class.getName());

  @Inject private Retention retention;

  @Schedule(hour = "*", minute = "17", persistent = false, info = "retention")
  void tick() {
    try {
      retention.apply();
    } catch (RuntimeException e) { // escaping, it would make the container call again at once
      LOGGER.log(
          Level.WARNING, "No partition made or dropped; next try in an hour: {0}", e.toString());
    }
  }
}
