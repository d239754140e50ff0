package org.meterledger.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.meterledger.server.Database;

/** Writes what was asked into the tables, where it is queued or waits for approval. */
@ApplicationScoped
class NewOperations {

  /** The second since 2020 and a running number, as the comment on operation.id tells. */
  private static final String ID =
      "((?::bigint << 22) | (nextval('operation_number') & ((1 << 22) - 1)))";

  private static final long EPOCH = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
  private static final int NUMBER_BITS = 22;

  private final Database database;

  /** For the client proxy only. */
  protected NewOperations() {
    this(null);
  }

  @Inject
  NewOperations(Database database) {
    this.database = database;
  }

  /**
   * Who asks, and when.
   *
   * @param accountId null where no account asks: such a request cannot be of a marked kind
   */
  record Asked(String by, Integer accountId, Instant at) {}

  /** Where the steps of a request belong; what does not apply is null. */
  private record Place(Long groupId, boolean bundle, Long bundleId, boolean approval) {}

  /** The least id that an operation requested at or after a time may have. */
  static long firstId(Instant at) {
    return Math.max(0, at.getEpochSecond() - EPOCH) << NUMBER_BITS;
  }

  /**
   * For one meter; the ids in the order of the steps.
   *
   * @param secrets ids of what each step withholds; null where it does not
   */
  List<Long> one(int meterId, OperationRequest request, List<Integer> secrets, Asked asked) {
    var ids = new ArrayList<Long>();
    var work = request.work();
    boolean approval = marked(work);
    for (int i = 0; i < work.size(); i++) {
      var place =
          new Place(null, !request.steps().isEmpty(), ids.isEmpty() ? null : ids.get(0), approval);
      ids.addAll(
          database.query(
              insert("(select id, network_id from meter where id = ?)"),
              row -> row.getLong(1),
              values(place, i, work.get(i), secrets.get(i), request, asked, meterId)));
    }
    if (approval) {
      database.with(connection -> askForApproval(connection, ids.get(0), request, asked));
    }
    return ids;
  }

  /**
   * For many meters.
   *
   * @param secret id of what it withholds; null where it does not
   * @param from a query of their id and network_id with one parameter
   * @param which that parameter
   * @return the id of the request
   */
  long many(
      Integer groupId,
      OperationRequest request,
      Integer secret,
      Asked asked,
      String from,
      Object which) {
    var step = request.work().get(0);
    boolean approval = marked(request.work());
    return database.with(
        connection -> {
          long id = groupRow(connection, groupId, step, asked);
          var values =
              values(
                  new Place(id, false, null, approval),
                  0,
                  step,
                  secret,
                  request,
                  asked,
                  array(connection, which));
          int queued = update(connection, insert(from).replace("\nreturning id", ""), values);
          update(connection, "update operation_group set meters = ? where id = ?", queued, id);
          if (approval) {
            askForApproval(connection, id, request, asked);
          }
          return id;
        });
  }

  private boolean marked(List<OperationRequest.Step> work) {
    return database.with(
        connection -> {
          var kinds = work.stream().map(OperationRequest.Step::kind).toArray();
          try (var statement =
                  Database.prepare(
                      connection,
                      "select 1 from operation_rule where approval and kind = any (?) limit 1",
                      connection.createArrayOf("text", kinds));
              var rows = statement.executeQuery()) {
            return rows.next();
          }
        });
  }

  private static int askForApproval(
      Connection connection, long id, OperationRequest request, Asked asked) throws SQLException {
    return update(
        connection,
        "insert into operation_approval (id, account_id, expires_at) values (?, ?, ?)",
        id,
        asked.accountId(),
        request.end(asked.at()));
  }

  /** What one statement inserts; the meters come from {@code from}, with id and network_id. */
  private static String insert(String from) {
    return """
        insert into operation
          (id, meter_id, network_id, group_id, bundle_id, approval_id, step, kind, parameters,
           priority, not_before, expires_at, due_at, bypass_retry, stop_on_failure, correlation_id,
           requested_by, requested_at, state, attempts, secret_id)
        select n.id, m.id, m.network_id, ?::bigint, case when ? then coalesce(?::bigint, n.id) end,
               case when ? then coalesce(?::bigint, ?::bigint, n.id) end,
               ?, ?, ?::json, ?, ?, ?, ?, ?, ?, coalesce(?, n.id::text), ?, ?, ?, 0, ?::integer
          from %s m cross join lateral (select %s + 0 * m.id as id) n
        returning id"""
        .formatted(from, ID);
  }

  private static Object[] values(
      Place place,
      int step,
      OperationRequest.Step work,
      Integer secret,
      OperationRequest request,
      Asked asked,
      Object which) {
    var begin = request.begin(asked.at());
    var state = place.approval() ? OperationState.AWAITING_APPROVAL : OperationState.QUEUED;
    return new Object[] {
      place.groupId(),
      place.bundle(),
      place.bundleId(),
      place.approval(),
      place.groupId(),
      place.bundleId(),
      step,
      work.kind(),
      work.parameters().toString(),
      request.priority() == null ? OperationRequest.USUAL_PRIORITY : request.priority(),
      begin,
      request.end(asked.at()),
      begin,
      request.bypassRetry(),
      request.stopOnFailure(),
      request.correlationId(),
      asked.by(),
      asked.at(),
      state.name(),
      secret,
      which,
      asked.at().getEpochSecond() - EPOCH
    };
  }

  private static Object array(Connection connection, Object which) throws SQLException {
    return which instanceof Collection<?> many
        ? connection.createArrayOf("text", many.toArray())
        : which;
  }

  private static long groupRow(
      Connection connection, Integer groupId, OperationRequest.Step step, Asked asked)
      throws SQLException {
    try (var statement =
            Database.prepare(
                connection,
                """
                insert into operation_group
                  (id, kind, parameters, group_id, meters, requested_by, requested_at)
                values (%s, ?, ?::json, ?, 0, ?, ?) returning id"""
                    .formatted(ID),
                asked.at().getEpochSecond() - EPOCH,
                step.kind(),
                step.parameters().toString(),
                groupId,
                asked.by(),
                asked.at());
        var row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (var statement = Database.prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }
}
