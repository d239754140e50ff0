package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;

@ExtendWith(ArquillianExtension.class)
class DeploymentIT {

  /** More than the server's default executor runs at once on any machine of today's size. */
  private static final int SESSIONS = 64;

  @PersistenceContext(unitName = "meterledger")
  EntityManager entityManager;

  @Resource(lookup = "java:jboss/datasources/Meterledger")
  DataSource dataSource;

  @Resource(lookup = "java:jboss/ee/concurrency/executor/reading")
  ManagedExecutorService reading;

  @Deployment
  static EnterpriseArchive deployment() {
    return TestableEar.with(DeploymentIT.class);
  }

  @Test
  void hibernateFindsTheMigratedSchema() {
    assertThat(
            entityManager
                .createNativeQuery(
                    "select count(*) from flyway_schema_history where success", Long.class)
                .getSingleResult())
        .isNotEqualTo(0L);
  }

  @Test
  void theDriverItselfIsReachableForCopy() throws Exception {
    try (Connection connection = dataSource.getConnection()) {
      assertThat(connection.unwrap(PGConnection.class).getCopyAPI()).isNotNull();
    }
  }

  @Test
  void theDatabaseIsAsDurableAsInProduction() throws Exception {
    assertThat(setting("fsync")).isEqualTo("on");
    assertThat(setting("synchronous_commit")).isEqualTo("on");
  }

  private String setting(String name) throws Exception {
    try (Connection connection = dataSource.getConnection();
        ResultSet row = connection.createStatement().executeQuery("show " + name)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void asManySessionsRunAtOnceAsConfigured() throws Exception {
    CountDownLatch allRun = new CountDownLatch(SESSIONS);
    List<Future<Boolean>> sessions = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      sessions.add(
          reading.submit(
              () -> {
                allRun.countDown();
                return allRun.await(30, TimeUnit.SECONDS);
              }));
    }
    for (Future<Boolean> session : sessions) {
      assertThat(session.get(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
