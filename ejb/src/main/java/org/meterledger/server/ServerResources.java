package org.meterledger.server;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import javax.sql.DataSource;

/** The one place where time, node and data source come from. */
@Dependent
class ServerResources {

  @Resource(lookup = "java:jboss/datasources/Meterledger")
  private DataSource dataSource;

  @Produces
  @ApplicationScoped
  Database database() {
    return new Database(dataSource);
  }

  @Produces
  @Dependent
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Dependent
  Node node() {
    return new Node(System.getProperty("jboss.node.name", "local"));
  }
}
