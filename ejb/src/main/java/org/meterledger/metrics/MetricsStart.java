package org.meterledger.metrics;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/** Has the numbers be there from the beginning, not from the first that changes. */
@Singleton
@Startup
public class MetricsStart {

  @Inject private ServerMetrics metrics;

  @PostConstruct
  void begin() {
    metrics.register();
  }
}
