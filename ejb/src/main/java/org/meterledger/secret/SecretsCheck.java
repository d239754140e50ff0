package org.meterledger.secret;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.meterledger.server.DatabaseException;

/** Tells once after the start which master keys are missing; meters are counted for that. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN) // it only looks
public class SecretsCheck {

  private static final Logger LOG = System.getLogger(SecretsCheck.class.getName());

  @Inject private StoredSecrets stored;
  @Resource private TimerService timers;

  @PostConstruct
  void begin() {
    timers.createSingleActionTimer(1, new TimerConfig(null, false));
  }

  @Timeout
  void check() {
    try {
      stored.complaints().forEach(complaint -> LOG.log(Level.WARNING, complaint));
    } catch (DatabaseException e) {
      LOG.log(Level.WARNING, "Secrets were not looked through: {0}", e.getMessage());
    }
  }
}
