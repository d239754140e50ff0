package org.meterledger.operation;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.meterledger.access.Access;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.MeterScope;
import org.meterledger.access.Permission;
import org.meterledger.meter.Meter;
import org.meterledger.meter.MeterSaved;
import org.meterledger.meter.Meters;
import org.meterledger.meter.UnknownMeter;
import org.meterledger.notice.Notices;
import org.meterledger.server.Database;

/** Queues operations and cancels them. What breaks a rule is refused as a whole. */
@Stateless
@PermitAll // what changes something says who may
public class Operations {

  /** The second since 2020 and a running number, as the comment on operation.id tells. */
  private static final String ID =
      "((?::bigint << 22) | (nextval('operation_number') & ((1 << 22) - 1)))";

  private static final long EPOCH = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
  private static final int NUMBER_BITS = 22;

  @Inject private Database database;
  @Inject private RequestKeys keys;
  @Inject private Meters meters;
  @Inject private OperationKinds kinds;
  @Inject private Notices notices;
  @Inject private Clock clock;
  @Inject private Access access;

  /** For the container. */
  public Operations() {}

  /** Outside a server the caller brings everything, and a transaction is one statement. */
  public Operations(Database database, OperationKinds kinds, Access access, Clock clock) {
    this.access = access;
    this.database = database;
    this.keys = new RequestKeys(database);
    this.kinds = kinds;
    this.notices = new Notices(database);
    this.clock = clock;
  }

  /** The least id that an operation requested at or after a time may have. */
  public static long firstId(Instant at) {
    return Math.max(0, at.getEpochSecond() - EPOCH) << NUMBER_BITS;
  }

  /** A meter as far as operations need it. */
  record Target(int id, int networkId) {}

  /**
   * Queues an operation or a bundle for one meter.
   *
   * @param key idempotency key of the sender, 1..100 characters; null without
   * @return the ids, in the order of the steps; those of the first time where the same sender has
   *     used the key for the same request before
   * @throws UnknownMeter when there is no such meter
   * @throws InvalidOperation when a rule is broken; nothing is queued
   */
  @RolesAllowed(Permission.Names.OPERATE)
  public List<Long> submit(
      String serialNumber, OperationRequest request, String requestedBy, String key) {
    var meter = meters.get(serialNumber);
    if (meter.getState() != Meter.State.ACTIVE) {
      throw new InvalidOperation("meter", "paused", "Meter " + serialNumber + " is paused");
    }
    access.require(Permission.OPERATE, meter.getId(), serialNumber);
    return submit(meter.getId(), meter.getModel(), serialNumber, request, requestedBy, key);
  }

  /** The same for a meter that is known to be active. */
  public List<Long> submit(
      int meterId,
      String modelId,
      String serialNumber,
      OperationRequest request,
      String requestedBy,
      String key) {
    var now = clock.instant();
    request.check(now);
    var work = request.work();
    for (int i = 0; i < work.size(); i++) {
      kinds.check(modelId, work.get(i), request.steps().isEmpty() ? "" : "steps[" + i + "].");
    }
    var answer =
        keys.once(
            requestedBy,
            key,
            RequestKeys.digest("meter", serialNumber, request),
            now,
            () -> {
              var ids = Json.createArrayBuilder();
              queue(meterId, request, work, requestedBy, now).forEach(ids::add);
              notices.tell(OperationQueue.TOPIC, "");
              return Json.createObjectBuilder().add("operations", ids).build();
            });
    return answer.getJsonArray("operations").stream()
        .map(id -> ((jakarta.json.JsonNumber) id).longValueExact())
        .toList();
  }

  /** Models of the meters of a group that are read. */
  public List<String> models(int groupId) {
    return database.query(
        """
        select distinct m.model from meter_group_member g join meter m on m.id = g.meter_id
         where g.group_id = ? and not g.leaving and m.state = 'ACTIVE'""",
        row -> row.getString(1),
        groupId);
  }

  /**
   * Queues one operation for each active meter of a group.
   *
   * @return the id of the request, under which its progress is found
   * @throws InvalidOperation also when some of the meters cannot do it
   */
  @RolesAllowed(Permission.Names.OPERATE)
  public long submitToGroup(int groupId, OperationRequest request, String requestedBy, String key) {
    var models = models(groupId);
    if (models.isEmpty() || !access.seesGroup(groupId)) {
      throw new InvalidOperation("group", "empty", "The group has no meter that is read");
    }
    access.requireForGroup(Permission.OPERATE, groupId, String.valueOf(groupId));
    return submitToMany(
        "group",
        String.valueOf(groupId),
        groupId,
        models,
        request,
        requestedBy,
        key,
        """
        (select m.id, m.network_id from meter_group_member g join meter m on m.id = g.meter_id
          where g.group_id = ? and not g.leaving and m.state = 'ACTIVE')""",
        groupId);
  }

  /**
   * Queues one operation for each of these meters.
   *
   * @return the id of the request
   * @throws InvalidOperation also when one is unknown, paused or cannot do it
   */
  @RolesAllowed(Permission.Names.OPERATE)
  public long submitToMeters(
      Collection<String> serialNumbers, OperationRequest request, String requestedBy, String key) {
    var wanted = new TreeSet<>(serialNumbers);
    if (wanted.isEmpty()) {
      throw new InvalidOperation("meters", "required", "No meter is named");
    }
    var models = new TreeSet<String>();
    var missing = new TreeSet<>(wanted);
    var ids = new ArrayList<Integer>();
    var parameters = new ArrayList<Object>();
    parameters.add(wanted.toArray(String[]::new));
    database.query(
        "select m.id, m.serial_number, m.model from meter m"
            + " where m.serial_number = any (?) and m.state = 'ACTIVE'"
            + access.sight().and("m.id", parameters),
        row -> {
          missing.remove(row.getString("serial_number"));
          models.add(row.getString("model"));
          return ids.add(row.getInt("id"));
        },
        parameters.toArray());
    if (!missing.isEmpty()) {
      throw new InvalidOperation(
          "meters", "unknown", "There is no active meter " + missing.first());
    }
    access
        .outside(Permission.OPERATE, ids)
        .ifPresent(
            serial -> {
              throw new AccessDenied(Permission.OPERATE, "meter " + serial);
            });
    return submitToMany(
        "meters",
        String.join(",", wanted),
        null,
        models,
        request,
        requestedBy,
        key,
        "(select m.id, m.network_id from meter m where m.serial_number = any (?))",
        wanted);
  }

  private long submitToMany(
      String field,
      String target,
      Integer groupId,
      Collection<String> models,
      OperationRequest request,
      String requestedBy,
      String key,
      String from,
      Object which) {
    var now = clock.instant();
    request.check(now);
    if (!request.steps().isEmpty()) {
      throw new InvalidOperation("steps", "unsupported", "A bundle is for one meter");
    }
    var step = request.work().get(0);
    models.forEach(model -> kinds.check(model, step, ""));
    var answer =
        keys.once(
            requestedBy,
            key,
            RequestKeys.digest(field, target, request),
            now,
            () -> {
              long id = queueMany(groupId, request, step, requestedBy, now, from, which);
              notices.tell(OperationQueue.TOPIC, "");
              return Json.createObjectBuilder().add("group", id).build();
            });
    return answer.getJsonNumber("group").longValueExact();
  }

  /** Cancels what has not been claimed. False where it is too late, or there is no such. */
  @RolesAllowed(Permission.Names.OPERATE)
  public boolean cancel(long id) {
    return cancel(access.scope(Permission.OPERATE), "id = ?", id) > 0;
  }

  /** Cancels what is left of a request to many meters; how many that were. */
  @RolesAllowed(Permission.Names.OPERATE)
  public int cancelGroup(long groupId) {
    return cancel(access.scope(Permission.OPERATE), "group_id = ?", groupId);
  }

  /** Whoever takes a meter out of reading does not want it to be called any more. */
  public void onSaved(@Observes MeterSaved saved) {
    int meterId = saved.meter().getId();
    if (saved.active()) {
      database.update(
          """
          update operation set network_id = m.network_id from meter m
           where m.id = ? and operation.meter_id = m.id
             and operation.network_id <> m.network_id
             and operation.state in ('QUEUED', 'CLAIMED', 'RUNNING', 'WAITING')""",
          meterId);
    } else {
      cancel(MeterScope.EVERYTHING, "meter_id = ?", meterId);
    }
  }

  private int cancel(MeterScope scope, String which, Object parameter) {
    var parameters = new ArrayList<Object>(List.of(clock.instant(), parameter));
    int cancelled =
        database.update(
            "update operation set state = 'CANCELLED', ended_at = ?"
                + " where state in ('QUEUED', 'WAITING') and "
                + which
                + scope.and("meter_id", parameters),
            parameters.toArray());
    if (cancelled > 0) {
      notices.tell(OperationQueue.TOPIC, "");
    }
    return cancelled;
  }

  /** What one statement inserts; the meters come from {@code from}, with id and network_id. */
  private static String insert(String from) {
    return """
        insert into operation
          (id, meter_id, network_id, group_id, bundle_id, step, kind, parameters, priority,
           not_before, expires_at, due_at, bypass_retry, stop_on_failure, correlation_id,
           requested_by, requested_at, state, attempts)
        select n.id, m.id, m.network_id, ?::bigint, case when ? then coalesce(?::bigint, n.id) end,
               ?, ?, ?::json, ?, ?, ?, ?, ?, ?, coalesce(?, n.id::text), ?, ?, 'QUEUED', 0
          from %s m cross join lateral (select %s + 0 * m.id as id) n
        returning id"""
        .formatted(from, ID);
  }

  private List<Long> queue(
      int meterId,
      OperationRequest request,
      List<OperationRequest.Step> work,
      String requestedBy,
      Instant now) {
    var ids = new ArrayList<Long>();
    boolean bundle = !request.steps().isEmpty();
    for (int i = 0; i < work.size(); i++) {
      ids.addAll(
          database.query(
              insert("(select id, network_id from meter where id = ?)"),
              row -> row.getLong(1),
              values(
                  null,
                  bundle,
                  ids.isEmpty() ? null : ids.get(0),
                  i,
                  work.get(i),
                  request,
                  requestedBy,
                  now,
                  meterId)));
    }
    return ids;
  }

  private static Object[] values(
      Long groupId,
      boolean bundle,
      Long bundleId,
      int step,
      OperationRequest.Step work,
      OperationRequest request,
      String requestedBy,
      Instant now,
      Object which) {
    return new Object[] {
      groupId,
      bundle,
      bundleId,
      step,
      work.kind(),
      work.parameters().toString(),
      request.priority() == null ? OperationRequest.USUAL_PRIORITY : request.priority(),
      request.begin(now),
      request.end(now),
      request.begin(now),
      request.bypassRetry(),
      request.stopOnFailure(),
      request.correlationId(),
      requestedBy,
      now,
      which,
      now.getEpochSecond() - EPOCH
    };
  }

  private long queueMany(
      Integer groupId,
      OperationRequest request,
      OperationRequest.Step step,
      String requestedBy,
      Instant now,
      String from,
      Object which) {
    return database.with(
        connection -> {
          long id = groupRow(connection, groupId, step, requestedBy, now);
          var values =
              values(id, false, null, 0, step, request, requestedBy, now, array(connection, which));
          int queued;
          try (var statement =
              Database.prepare(connection, insert(from).replace("\nreturning id", ""), values)) {
            queued = statement.executeUpdate();
          }
          try (var statement =
              Database.prepare(
                  connection, "update operation_group set meters = ? where id = ?", queued, id)) {
            statement.executeUpdate();
          }
          return id;
        });
  }

  private static Object array(Connection connection, Object which) throws SQLException {
    return which instanceof Collection<?> many
        ? connection.createArrayOf("text", many.toArray())
        : which;
  }

  private static long groupRow(
      Connection connection,
      Integer groupId,
      OperationRequest.Step step,
      String requestedBy,
      Instant now)
      throws SQLException {
    try (var statement =
            Database.prepare(
                connection,
                """
                insert into operation_group
                  (id, kind, parameters, group_id, meters, requested_by, requested_at)
                values (%s, ?, ?::json, ?, 0, ?, ?) returning id"""
                    .formatted(ID),
                now.getEpochSecond() - EPOCH,
                step.kind(),
                step.parameters().toString(),
                groupId,
                requestedBy,
                now);
        var row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
