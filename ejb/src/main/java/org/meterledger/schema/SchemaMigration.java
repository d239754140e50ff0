package org.meterledger.schema;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
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
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Migrates while Hibernate builds its session factory: an EJB that starts with the application
 * would come after Hibernate has compared its entities with the tables.
 */
public final class SchemaMigration implements Integrator {

  private static final String DATA_SOURCE = "java:jboss/datasources/Meterledger";
  private static final String URL = "METERLEDGER_DATABASE_URL";
  private static final String OWNER = "METERLEDGER_DATABASE_OWNER";
  private static final String OWNER_PASSWORD = "METERLEDGER_DATABASE_OWNER_PASSWORD";

  @Override
  public void integrate(
      Metadata metadata, BootstrapContext bootstrap, SessionFactoryImplementor factory) {
    try {
      DataSource application = InitialContext.doLookup(DATA_SOURCE);
      migrate(owner(System.getenv()).orElse(application), application);
    } catch (NamingException e) {
      throw new IllegalStateException("The server has no data source " + DATA_SOURCE, e);
    }
  }

  @Override
  public void disintegrate(
      SessionFactoryImplementor factory, SessionFactoryServiceRegistry serviceRegistry) {
    // nothing is held
  }

  /** For the time of the migration only: the pool of the server is the application's. */
  private static Optional<DataSource> owner(Map<String, String> environment) {
    String owner = environment.getOrDefault(OWNER, "");
    if (owner.isBlank()) {
      return Optional.empty();
    }
    var source = new PGSimpleDataSource();
    source.setUrl(environment.get(URL));
    source.setUser(owner);
    source.setPassword(environment.get(OWNER_PASSWORD));
    return Optional.of(source);
  }

  /** With one role that owns the tables and works with them. */
  public static void migrate(DataSource dataSource) {
    migrate(dataSource, dataSource);
  }

  /**
   * Applies what is missing; safe to call from several nodes at once, Flyway takes a lock. Where
   * the application comes as another role than the owner, that role may do afterwards what it
   * needs.
   */
  public static void migrate(DataSource owner, DataSource application) {
    var flyway =
        Flyway.configure(SchemaMigration.class.getClassLoader())
            .dataSource(owner)
            .locations("classpath:db/migration")
            .failOnMissingLocations(true)
            .validateMigrationNaming(true)
            .cleanDisabled(true)
            .load();
    flyway.migrate();
    try {
      ApplicationRole.of(application).grant(owner);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "The role of the application could not be given its rights", e);
    }
    SchemaVersion.known(
        Stream.of(flyway.info().all())
            .filter(each -> each.getState().isResolved() && each.getVersion() != null)
            .map(each -> each.getVersion())
            .max(Comparator.naturalOrder())
            .map(MigrationVersion::getVersion)
            .orElseThrow());
  }
}
