package org.meterledger.metrics;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.Map;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.health.Reports;
import org.meterledger.health.Reports.Report;
import org.meterledger.reading.ReadingRound;
import org.meterledger.schema.SchemaVersion;
import org.meterledger.server.Database;
import org.meterledger.server.DatabaseException;

/** Says for the health checks what this node can do at the moment, and why not. */
@Singleton
@Startup
public class HealthReports {

  private static final String APPLIED =
      "select version from flyway_schema_history where success and version is not null"
          + " order by installed_rank desc limit 1";

  @Inject private Database database;
  @Inject private ArchiveWriter writer;
  @Inject private ReadingRound round;

  @PostConstruct
  void begin() {
    Reports.about("database", this::answers);
    Reports.about("schema", this::schema);
    Reports.about("archive", this::archive);
    Reports.about("reading", this::reading);
  }

  private Report answers() {
    try {
      database.query("select 1", row -> row.getInt(1));
      return new Report(true, Map.of());
    } catch (DatabaseException e) {
      return Report.down(cause(e));
    }
  }

  /** A newer node may have migrated the schema while this one runs. */
  private Report schema() {
    try {
      var applied = database.first(APPLIED, row -> row.getString(1)).orElse("none");
      return new Report(
          applied.equals(SchemaVersion.known()),
          Map.of("applied", applied, "expected", SchemaVersion.known()));
    } catch (DatabaseException e) {
      return Report.down(cause(e));
    }
  }

  /** A full queue means that the database is away or too slow for what is read. */
  private Report archive() {
    return new Report(writer.room() > 0, Map.of("waiting", Integer.toString(writer.waiting())));
  }

  private Report reading() {
    return new Report(!round.stopped(), Map.of("sessions", Integer.toString(round.open())));
  }

  private static String cause(Throwable e) {
    return e.getCause() == null ? e.getMessage() : cause(e.getCause());
  }
}
