package org.meterledger.operation;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.meterledger.access.Access;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.Grant;
import org.meterledger.access.Grants;
import org.meterledger.access.MeterScope;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.driver.Capability;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.emu.EmuDriver;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.notice.Notices;
import org.meterledger.server.Database;
import org.meterledger.server.Node;
import org.meterledger.server.SettableClock;
import org.meterledger.server.TestDatabase;

/** People who ask and people who approve; kind SWITCH is marked, kinds LOOK and RAW are not. */
final class ApprovalFixture implements AutoCloseable {

  static final String MODEL = "emu-professional-ii";
  static final int ADMINISTRATOR = 1;
  static final int OPERATOR = 2;
  static final int ALL_METERS = 1;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final SettableClock clock = new SettableClock("2026-11-21T12:00:00Z");
  final Database database = TestDatabase.database();
  final OperationList list = new OperationList(database);
  final Grants grants = new Grants(database);
  final OperationKinds kinds =
      new OperationKinds(
          List.of(new Kind("LOOK"), new Kind("SWITCH"), new Kind("RAW")),
          List.<MeterDriver>of(new EmuDriver(clock)),
          new MeterModels());

  /** It is queued here, never run. */
  private record Kind(String name) implements OperationKind {
    @Override
    public Class<? extends Capability> needs() {
      return null;
    }

    @Override
    public Permission permission() {
      return name.equals("RAW") ? Permission.MANAGE_METERS : Permission.OPERATE;
    }

    @Override
    public List<OperationParameter> parameters(MeterSession unopened) {
      return List.of();
    }

    @Override
    public Outcome run(OpenMeter meter, JsonObject parameters) {
      throw new IllegalStateException("Nobody runs it here");
    }
  }

  ApprovalFixture() {
    database.update("delete from operation");
    mark("SWITCH", true);
  }

  void mark(String kind, boolean approval) {
    database.update(
        """
        insert into operation_rule (kind, approval, set_by, set_at) values (?, ?, 'fixture', ?)
        on conflict (kind) do update set approval = excluded.approval""",
        kind,
        approval,
        clock.instant());
  }

  /** With an account, as each of its requests finds it. */
  final class Person {
    final int id;
    final String name;
    final CurrentCaller caller = new CurrentCaller();
    final Access access = new Access(database, caller);
    final Audit audit = new Audit(database, caller, clock);
    final Operations operations = new Operations(database, kinds, access, audit, clock);
    final Approvals approvals =
        new Approvals(database, access, caller, grants, kinds, audit, clock);
    final AwaitedApprovals awaited = new AwaitedApprovals(database, access, clock);
    final OperationRules rules = new OperationRules(database, kinds, caller, audit, clock);

    private Person(int id, String name) {
      this.id = id;
      this.name = name;
    }

    /** The next request, by a page or by a token. */
    Person comes(Integer tokenId) {
      caller.is(id, name, tokenId, grants.privileges(id));
      return this;
    }

    long asks(String serial, String kind) {
      return asks(serial, OperationRequest.of(kind, null), null).get(0);
    }

    List<Long> asks(String serial, OperationRequest request, String key) {
      return operations.submit(meterId(serial), MODEL, serial, request, name, key);
    }

    /** Takes all grants away but this one; null for none. */
    Person granted(Grant grant) {
      return database.inTransaction(
          connection -> {
            grants.replace(connection, id, grant == null ? List.of() : List.of(grant));
            return this;
          });
    }
  }

  /** Somebody with a role over a group of meters. */
  Person person(int role, int group) {
    String name = "approval-" + NUMBER.incrementAndGet() + "-" + System.identityHashCode(this);
    int id =
        database
            .first(
                """
                insert into account (name, name_key, password_hash, enabled, version, created_at,
                                     password_changed_at)
                values (?, ?, '', true, 0, ?, ?) returning id""",
                row -> row.getInt(1),
                name,
                name,
                clock.instant(),
                clock.instant())
            .orElseThrow();
    var person = new Person(id, name);
    person.granted(new Grant(role, group, AccessLevel.CONFIGURE));
    return person.comes(null);
  }

  Person operator() {
    return person(OPERATOR, ALL_METERS);
  }

  Person administrator() {
    return person(ADMINISTRATOR, ALL_METERS);
  }

  String meter() {
    String serial = "approval-" + NUMBER.incrementAndGet();
    TestDatabase.meter(serial, "http://127.0.0.1:1");
    return serial;
  }

  int meterId(String serial) {
    return database
        .first("select id from meter where serial_number = ?", row -> row.getInt(1), serial)
        .orElseThrow();
  }

  int group(String... serials) {
    int group =
        database
            .first(
                """
                insert into meter_group (name, version, created_at) values (?, 0, ?)
                returning id""",
                row -> row.getInt(1),
                "approval-" + NUMBER.incrementAndGet(),
                clock.instant())
            .orElseThrow();
    for (var serial : serials) {
      TestDatabase.join(group, meterId(serial));
    }
    return group;
  }

  OperationState state(long id) {
    return operation(id).state();
  }

  MeterOperation operation(long id) {
    return list.find(MeterScope.EVERYTHING, id).orElseThrow();
  }

  List<OperationState> states(long request) {
    return list.rows(MeterScope.EVERYTHING, OperationFilter.ofGroup(request), 0, 100).stream()
        .map(MeterOperation::state)
        .toList();
  }

  /** What the trail tells of a request, the oldest first. */
  List<String> trail(Object subject) {
    return database.query(
        "select action || ' ' || outcome from audit_entry where subject = ? order by id",
        row -> row.getString(1),
        String.valueOf(subject));
  }

  /** As a node sees it. */
  OperationQueue queue(String node) {
    return new OperationQueue(database, new Node(node), new Notices(database));
  }

  void pass(Duration time) {
    clock.advance(time);
  }

  @Override
  public void close() {
    database.update("delete from operation");
    database.update("delete from operation_rule");
  }
}
