package org.meterledger.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * What a node needs for its work. There is no check of being alive: a restart would cure none of
 * these.
 */
@ApplicationScoped
public class Ready {

  @Produces
  @Dependent
  @Readiness
  HealthCheck database() {
    return check("database");
  }

  @Produces
  @Dependent
  @Readiness
  HealthCheck schema() {
    return check("schema");
  }

  @Produces
  @Dependent
  @Readiness
  HealthCheck archive() {
    return check("archive");
  }

  @Produces
  @Dependent
  @Readiness
  HealthCheck reading() {
    return check("reading");
  }

  private static HealthCheck check(String part) {
    return () -> {
      var report = Reports.of(part);
      var answer = HealthCheckResponse.named(part).status(report.up());
      report.details().forEach(answer::withData);
      return answer.build();
    };
  }
}
