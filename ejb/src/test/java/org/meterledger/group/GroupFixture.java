package org.meterledger.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.meterledger.access.TestAccess;
import org.meterledger.audit.TestAudit;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.network.GatewayDetails;
import org.meterledger.network.NetworkDetails;
import org.meterledger.network.Networks;
import org.meterledger.server.Database;
import org.meterledger.server.SettableClock;
import org.meterledger.server.TestDatabase;

/** All of this package on the database that the tests share; names are this fixture's own. */
final class GroupFixture implements AutoCloseable {

  private static final AtomicInteger FIXTURES = new AtomicInteger();

  final String own = "G" + FIXTURES.incrementAndGet() + "-";
  final Fired fired = new Fired();
  final Database database;
  final GroupMembers members;
  final MeterGroups groups;
  final Locations locations;
  final Networks networks;
  private final List<Integer> made = new ArrayList<>();

  GroupFixture() {
    this(TestDatabase.database());
  }

  GroupFixture(Database database) {
    this.database = database;
    var clock = new SettableClock("2026-11-21T08:00:00Z");
    var audit = TestAudit.of(database, clock);
    members = new GroupMembers(database, fired);
    groups =
        new MeterGroups(
            database,
            clock,
            new GroupRules(database, new MeterModels()),
            members,
            TestAccess.everything(database),
            audit);
    locations = new Locations(database, members, TestAccess.everything(database), audit);
    networks = new Networks(database, TestAccess.everything(database), audit, clock);
  }

  /** A meter that is saved; its serial number begins with this fixture's own letters. */
  int meter(String name) {
    int id = TestDatabase.meter(own + name, "http://10.0.0.7");
    members.refreshMeter(id);
    return id;
  }

  /** Changes a meter as a person would, and saves it. */
  void save(int meterId, String assignment, Object value) {
    database.update("update meter set " + assignment + " where id = ?", value, meterId);
    members.refreshMeter(meterId);
  }

  void label(int meterId, String label) {
    database.update("insert into meter_label (meter_id, label) values (?, ?)", meterId, label);
    members.refreshMeter(meterId);
  }

  MeterGroup group(String name, GroupRule... rules) {
    var group = groups.add(details(name, rules));
    made.add(group.id());
    return group;
  }

  MeterGroup change(MeterGroup group, GroupRule... rules) {
    return groups.change(
        group.id(),
        groups.get(group.id()).version(),
        details(group.name().substring(own.length()), rules));
  }

  GroupDetails details(String name, GroupRule... rules) {
    var details = new GroupDetails();
    details.setName(own + name);
    details.setRules(List.of(rules));
    return details;
  }

  Location location(String name, Location parent) {
    return locations.add(place(own + name, parent));
  }

  static LocationDetails place(String name, Location parent) {
    var details = new LocationDetails();
    details.setName(name);
    details.setParent(parent == null ? null : parent.fullName());
    return details;
  }

  int network(String name) {
    var details = new NetworkDetails();
    details.setName(own + name);
    return networks.add(details).id();
  }

  int gateway(String name, String network) {
    var details = new GatewayDetails();
    details.setName(own + name);
    details.setNetwork(network);
    return networks.addGateway(details).id();
  }

  /** Of this fixture's meters those that are in the group. */
  Set<Integer> in(MeterGroup group) {
    return new TreeSet<>(
        database.query(
            "select meter_id from meter_group_member g join meter m on m.id = g.meter_id"
                + " where g.group_id = ? and not g.leaving and m.serial_number like ?",
            row -> row.getInt(1),
            group.id(),
            own + "%"));
  }

  /** The groups go, since one of all meters would hold those of other tests. */
  @Override
  public void close() {
    for (int i = made.size() - 1; i >= 0; i--) {
      database.update(
          "delete from meter_group_rule where member_id = ? or group_id = ?",
          made.get(i),
          made.get(i));
      database.update("delete from meter_group_member where group_id = ?", made.get(i));
      database.update("delete from meter_group where id = ?", made.get(i));
    }
  }
}
