package org.meterledger.operation;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.meterledger.access.Access;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.MeterScope;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.meter.Meter;
import org.meterledger.meter.MeterSaved;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.meter.Meters;
import org.meterledger.meter.UnknownMeter;
import org.meterledger.notice.Notices;
import org.meterledger.server.Database;

/**
 * Queues operations and cancels them. What breaks a rule is refused as a whole; what is of a marked
 * kind waits, also as a whole, until {@link Approvals} releases it.
 */
@Stateless
@PermitAll // what changes something says who may
public class Operations {

  @Inject private Database database;
  @Inject private RequestKeys keys;
  @Inject private NewOperations queue;
  @Inject private Meters meters;
  @Inject private OperationKinds kinds;
  @Inject private OperationSecrets secrets;
  @Inject private Notices notices;
  @Inject private Clock clock;
  @Inject private Access access;
  @Inject private Audit audit;

  /** For the container. */
  public Operations() {}

  /** Outside a server the caller brings everything, and a transaction is one statement. */
  public Operations(
      Database database, OperationKinds kinds, Access access, Audit audit, Clock clock) {
    this(database, kinds, new MeterSecrets(), access, audit, clock);
  }

  /** The same with what encrypts the secrets that are given along. */
  public Operations(
      Database database,
      OperationKinds kinds,
      MeterSecrets secrets,
      Access access,
      Audit audit,
      Clock clock) {
    this.secrets = new OperationSecrets(database, secrets);
    this.access = access;
    this.audit = audit;
    this.database = database;
    this.keys = new RequestKeys(database);
    this.queue = new NewOperations(database);
    this.kinds = kinds;
    this.notices = new Notices(database);
    this.clock = clock;
  }

  /**
   * Queues an operation or a bundle for one meter.
   *
   * @param key idempotency key of the sender, 1..100 characters; null without. What is secret in a
   *     request is not compared: nothing of it is kept that could be
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
    needed(request).forEach(permission -> access.require(permission, meter.getId(), serialNumber));
    return submit(meter.getId(), meter.getModel(), serialNumber, request, requestedBy, key);
  }

  private Set<Permission> needed(OperationRequest request) {
    var needed = EnumSet.of(Permission.OPERATE);
    request.work().forEach(step -> needed.add(kinds.permission(step.kind())));
    return needed;
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
    var withheld = withhold(request, List.of(modelId));
    var shown = withheld.request();
    var answer =
        keys.once(
            requestedBy,
            key,
            RequestKeys.digest("meter", serialNumber, shown),
            now,
            () -> {
              var ids = Json.createArrayBuilder();
              queue
                  .one(meterId, shown, secrets.store(withheld), asked(requestedBy, now))
                  .forEach(ids::add);
              audit.done(AuditAction.OPERATION_REQUEST, serialNumber, null, shown);
              notices.tell(OperationQueue.TOPIC, "");
              return Json.createObjectBuilder().add("operations", ids).build();
            });
    return answer.getJsonArray("operations").stream()
        .map(id -> ((jakarta.json.JsonNumber) id).longValueExact())
        .toList();
  }

  private OperationSecrets.Withheld withhold(OperationRequest request, Collection<String> models) {
    return secrets.withhold(
        request, request.work().stream().map(step -> kinds.secrets(models, step)).toList());
  }

  /** Models of the meters of a group that are read; what is asked of a group is asked of meters. */
  public List<String> models(int groupId) {
    return database.query(
        """
        select distinct m.model from meter_group_member g join meter m on m.id = g.meter_id
         where g.group_id = ? and not g.leaving and m.state = 'ACTIVE'
           and not exists (select from gateway_access a where a.meter_id = m.id)""",
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
    needed(request)
        .forEach(
            permission -> access.requireForGroup(permission, groupId, String.valueOf(groupId)));
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
          where g.group_id = ? and not g.leaving and m.state = 'ACTIVE'
           and not exists (select from gateway_access a where a.meter_id = m.id))""",
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
    requireOfAll(request, ids);
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
    var withheld = withhold(request, models);
    var shown = withheld.request();
    var answer =
        keys.once(
            requestedBy,
            key,
            RequestKeys.digest(field, target, shown),
            now,
            () -> {
              var secret = secrets.store(withheld).get(0);
              long id = queue.many(groupId, shown, secret, asked(requestedBy, now), from, which);
              // and not what the group was when it was looked at
              requireOfAll(request, targets(id));
              audit.done(
                  AuditAction.OPERATION_REQUEST, subject(id), null, new ToMany(shown, members(id)));
              notices.tell(OperationQueue.TOPIC, "");
              return Json.createObjectBuilder().add("group", id).build();
            });
    return answer.getJsonNumber("group").longValueExact();
  }

  private void requireOfAll(OperationRequest request, List<Integer> meterIds) {
    for (var permission : needed(request)) {
      access
          .outside(permission, meterIds)
          .ifPresent(
              serial -> {
                throw new AccessDenied(permission, "meter " + serial);
              });
    }
  }

  /** A request to many meters, for the trail. */
  public record ToMany(OperationRequest request, List<String> meters) {}

  private static String subject(long groupId) {
    return "request " + groupId;
  }

  private List<Integer> targets(long groupId) {
    return database.query(
        "select meter_id from operation where group_id = ?", row -> row.getInt(1), groupId);
  }

  private List<String> members(long groupId) {
    return database.query(
        "select m.serial_number from operation o join meter m on m.id = o.meter_id"
            + " where o.group_id = ? order by m.serial_number",
        row -> row.getString(1),
        groupId);
  }

  private NewOperations.Asked asked(String requestedBy, Instant now) {
    return new NewOperations.Asked(requestedBy, access.accountId(), now);
  }

  /** Cancels what has not been claimed. False where it is too late, or there is no such. */
  @RolesAllowed(Permission.Names.OPERATE)
  public boolean cancel(long id) {
    boolean cancelled = cancel(access.scope(Permission.OPERATE), "id = ?", id) > 0;
    if (cancelled) {
      audit.done(AuditAction.OPERATION_CANCEL, "operation " + id, null, null);
    }
    return cancelled;
  }

  /** Cancels what is left of a request to many meters; how many that were. */
  @RolesAllowed(Permission.Names.OPERATE)
  public int cancelGroup(long groupId) {
    int cancelled = cancel(access.scope(Permission.OPERATE), "group_id = ?", groupId);
    if (cancelled > 0) {
      audit.done(
          AuditAction.OPERATION_CANCEL, subject(groupId), null, Map.of("cancelled", cancelled));
    }
    return cancelled;
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
             and operation.state in
               ('AWAITING_APPROVAL', 'QUEUED', 'CLAIMED', 'RUNNING', 'WAITING')""",
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
                + " where state in ('AWAITING_APPROVAL', 'QUEUED', 'WAITING') and "
                + which
                + scope.and("meter_id", parameters),
            parameters.toArray());
    if (cancelled > 0) {
      notices.tell(OperationQueue.TOPIC, "");
    }
    return cancelled;
  }
}
