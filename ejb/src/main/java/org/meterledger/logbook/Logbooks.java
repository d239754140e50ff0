package org.meterledger.logbook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.meterledger.metering.ObisCode;
import org.meterledger.server.Database;

/** Queries of archived logbooks. */
@ApplicationScoped
public class Logbooks {

  private static final int FETCH = 500;

  private final Database database;
  private final Meanings meanings;

  /** For the client proxy only. */
  protected Logbooks() {
    this(null, null);
  }

  @Inject
  public Logbooks(Database database, Meanings meanings) {
    this.database = database;
    this.meanings = meanings;
  }

  /** Newest first. */
  public List<LogbookLine> list(
      int meterId, String model, LogbookFilter filter, Locale language, int first, int max) {
    var parameters = new ArrayList<Object>();
    String where = where(meterId, filter, parameters);
    parameters.add(max);
    parameters.add(first);
    return database.query(
        "select * from logbook_entry"
            + where
            + " order by at desc, logbook, sequence desc, code limit ? offset ?",
        row -> line(row, model, language),
        parameters.toArray());
  }

  public long count(int meterId, LogbookFilter filter) {
    var parameters = new ArrayList<Object>();
    String where = where(meterId, filter, parameters);
    return database
        .first(
            "select count(*) from logbook_entry" + where,
            row -> row.getLong(1),
            parameters.toArray())
        .orElseThrow();
  }

  /** All lines, oldest first, one at a time; for exports of any size. */
  public void stream(
      int meterId,
      String model,
      LogbookFilter filter,
      Locale language,
      Consumer<LogbookLine> consumer) {
    var parameters = new ArrayList<Object>();
    String where = where(meterId, filter, parameters);
    database.inTransaction(
        connection -> {
          try (var statement =
              Database.prepare(
                  connection,
                  "select * from logbook_entry" + where + " order by at, logbook, sequence, code",
                  parameters.toArray())) {
            statement.setFetchSize(FETCH); // with auto-commit off the driver then uses a cursor
            var rows = statement.executeQuery();
            while (rows.next()) {
              consumer.accept(line(rows, model, language));
            }
          }
          return null;
        });
  }

  private static String where(int meterId, LogbookFilter filter, List<Object> parameters) {
    var where = new StringBuilder(" where meter_id = ?");
    parameters.add(meterId);
    if (filter.from() != null) {
      where.append(" and at >= ?");
      parameters.add(filter.from());
    }
    if (filter.to() != null) {
      where.append(" and at < ?");
      parameters.add(filter.to());
    }
    if (filter.logbook() != null) {
      where.append(" and logbook = ?");
      parameters.add(filter.logbook().toString());
    }
    return where.toString();
  }

  private LogbookLine line(ResultSet row, String model, Locale language) throws SQLException {
    var logbook = ObisCode.of(row.getString("logbook"));
    int code = row.getInt("code");
    var meaning = meanings.of(model, logbook, code, language);
    return new LogbookLine(
        logbook,
        Database.instant(row, "at"),
        row.getLong("sequence"),
        code,
        meaning.severity(),
        meaning.words(),
        detail(row.getString("detail")),
        Database.instant(row, "noted_at"));
  }

  private static Map<String, String> detail(String json) {
    var detail = new LinkedHashMap<String, String>();
    try (var reader = Json.createReader(new StringReader(json))) {
      reader
          .readObject()
          .forEach((key, value) -> detail.put(key, ((JsonString) value).getString()));
    }
    return detail;
  }
}
