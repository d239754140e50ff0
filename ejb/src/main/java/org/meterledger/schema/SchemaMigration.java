package org.meterledger.schema;

import java.util.Comparator;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Migrates while Hibernate builds its session factory: an EJB that starts with the application
 * would come after Hibernate has compared its entities with the tables.
 */
public final class SchemaMigration implements Integrator {

  private static final String DATA_SOURCE = "java:jboss/datasources/Meterledger";

  @Override
  public void integrate(
      Metadata metadata, BootstrapContext bootstrap, SessionFactoryImplementor factory) {
    try {
      migrate(InitialContext.doLookup(DATA_SOURCE));
    } catch (NamingException e) {
      throw new IllegalStateException("The server has no data source " + DATA_SOURCE, e);
    }
  }

  @Override
  public void disintegrate(
      SessionFactoryImplementor factory, SessionFactoryServiceRegistry serviceRegistry) {
    // nothing is held
  }

  /** Applies what is missing; safe to call from several nodes at once, Flyway takes a lock. */
  public static void migrate(DataSource dataSource) {
    var flyway =
        Flyway.configure(SchemaMigration.class.getClassLoader())
            .dataSource(dataSource)
            .locations("classpath:db/migration")
            .failOnMissingLocations(true)
            .validateMigrationNaming(true)
            .cleanDisabled(true)
            .load();
    flyway.migrate();
    SchemaVersion.known(
        Stream.of(flyway.info().all())
            .filter(each -> each.getState().isResolved() && each.getVersion() != null)
            .map(each -> each.getVersion())
            .max(Comparator.naturalOrder())
            .map(MigrationVersion::getVersion)
            .orElseThrow());
  }
}
