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
import org.meterledger.meter.MeterSecrets;
import org.meterledger.server.DatabaseException;

/** Tells once after the start which master keys are missing; meters are counted for that. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN) // it only looks
public class SecretsCheck {

  private static final Logger LOG = System.getLogger(SecretsCheck.class.getName());

  @Inject private StoredSecrets stored;
  @Inject private MeterSecrets secrets;
  @Resource private TimerService timers;

  @PostConstruct
  void begin() {
    timers.createSingleActionTimer(1, new TimerConfig(null, false));
  }

  @Timeout
  void check() {
    try {
      for (var column : SecretColumn.values()) {
        stored.counts(column).entrySet().stream()
            .filter(each -> !secrets.keys().ids().contains(each.getKey()))
            .forEach(
                each ->
                    LOG.log(
                        Level.WARNING,
                        "{0} of {1} cannot be read: the master key {2} is not in {3}",
                        String.valueOf(each.getValue()),
                        column,
                        String.valueOf(each.getKey()),
                        MeterSecrets.MASTER_KEY));
      }
    } catch (DatabaseException e) {
      LOG.log(Level.WARNING, "Secrets were not looked through: {0}", e.getMessage());
    }
  }
}
