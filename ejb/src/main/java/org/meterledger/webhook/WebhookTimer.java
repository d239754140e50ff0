package org.meterledger.webhook;

import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Tells webhooks each second. What is to be told lies in webhook_event and webhook_delivery. */
@Singleton
@Startup
@TransactionAttribute(NOT_SUPPORTED)
public class WebhookTimer {

  private static final Logger LOGGER = System.getLogger(WebhookTimer.class.getName());

  @Inject private WebhookSender sender;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false, info = "webhooks")
  void tick() {
    try {
      sender.tick();
    } catch (RuntimeException e) { // escaping, it would make the container call again at once
      LOGGER.log(Level.WARNING, "Webhooks not told; next try in a second", e);
    }
  }
}
