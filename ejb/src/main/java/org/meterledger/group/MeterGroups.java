package org.meterledger.group;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.Database;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;
import org.meterledger.server.StillInUse;

/** The groups of meters. Their members follow from the rules within the same transaction. */
@Stateless
@PermitAll // what changes something says who may
public class MeterGroups {

  private static final String GROUPS =
      """
      select g.id, g.name, g.version,
             (select count(*) from meter_group_member m where m.group_id = g.id and not m.leaving)
               as meters,
             (select count(*) from meter_group_rule r join meter m on m.id = r.meter_id
               where r.group_id = g.id and r.kind = 'METER' and not r.excluded
                 and m.state <> 'REMOVED') as picked
        from meter_group g""";

  private final Database database;
  private final Clock clock;
  private final GroupRules rules;
  private final GroupMembers members;
  private final Access access;
  private final Audit audit;

  /** For the container only. */
  public MeterGroups() {
    this(null, null, null, null, null, null);
  }

  @Inject
  MeterGroups(
      Database database,
      Clock clock,
      GroupRules rules,
      GroupMembers members,
      Access access,
      Audit audit) {
    this.database = database;
    this.clock = clock;
    this.rules = rules;
    this.members = members;
    this.access = access;
    this.audit = audit;
  }

  /** A name and the id that stands for it. */
  public record Choice(int id, String name) {}

  /** Those that are built in, then the others by name. */
  public List<MeterGroup> all() {
    return database.query(GROUPS + " order by g.id > 2, g.name", MeterGroups::group).stream()
        .filter(group -> access.seesGroup(group.id()))
        .toList();
  }

  /** As {@link #all}, without counting anything. */
  public List<Choice> choices() {
    return database
        .query(
            "select id, name from meter_group order by id > 2, name",
            row -> new Choice(row.getInt(1), row.getString(2)))
        .stream()
        .filter(choice -> access.seesGroup(choice.id()))
        .toList();
  }

  /**
   * @throws NotThere when there is none, or the caller does not see all of its meters
   */
  public MeterGroup get(int id) {
    return database
        .first(GROUPS + " where g.id = ?", MeterGroups::group, id)
        .filter(group -> access.seesGroup(id))
        .orElseThrow(() -> new NotThere("group " + id));
  }

  /**
   * What a form or the API shows of a group; its rules only to who sees all meters, as they name
   * places, gateways and meters that others may not know of.
   */
  public GroupDetails details(MeterGroup group) {
    var details = new GroupDetails();
    details.setName(group.name());
    details.setRules(access.sight().everything() ? rules.of(group.id()) : List.of());
    return details;
  }

  /**
   * Serial numbers of the members, in their order.
   *
   * @param first number of the first, from 0
   * @param max at most
   */
  public List<String> members(int id, int first, int max) {
    return database.query(
        """
        select m.serial_number from meter_group_member g join meter m on m.id = g.meter_id
         where g.group_id = ? and not g.leaving order by m.serial_number limit ? offset ?""",
        row -> row.getString(1),
        id,
        max,
        first);
  }

  /**
   * @throws InvalidInput when the name is taken, a rule names what is not there, or the group would
   *     hold itself
   */
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  public MeterGroup add(GroupDetails details) {
    members.lock();
    free(details.getName(), 0);
    int id =
        database
            .first(
                "insert into meter_group (name, version, created_at) values (?, 0, ?) returning id",
                row -> row.getInt(1),
                details.getName(),
                clock.instant())
            .orElseThrow();
    rules.replace(id, details.getRules());
    members.refresh(Set.of(id));
    audit.done(AuditAction.GROUP_ADD, details.getName(), null, details(get(id)));
    return get(id);
  }

  /**
   * @param version the caller has seen
   * @throws ChangedMeanwhile when the group has another version by now
   * @throws InvalidInput as {@link #add}, and for a group that is built in
   */
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  public MeterGroup change(int id, int version, GroupDetails details) {
    members.lock();
    var group = get(id);
    keepBuiltIn(group);
    if (group.version() != version) {
      throw new ChangedMeanwhile("Group " + group.name());
    }
    free(details.getName(), id);
    var before = details(group);
    database.update(
        "update meter_group set name = ?, version = version + 1 where id = ?",
        details.getName(),
        id);
    rules.replace(id, details.getRules());
    members.refresh(Set.of(id));
    audit.done(AuditAction.GROUP_CHANGE, group.name(), before, details(get(id)));
    return get(id);
  }

  /** Meters that were picked by hand, and let go, for the trail. */
  public record Picked(List<String> added, List<String> removed) {}

  /**
   * Picks meters by hand, and lets go of those that were picked.
   *
   * @param add serial numbers; those that are picked already do no harm
   * @param remove serial numbers; those that were not picked do no harm
   * @throws InvalidInput when there is no such meter; nothing is changed then
   */
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  public MeterGroup pick(int id, List<String> add, List<String> remove) {
    members.lock();
    var group = get(id);
    keepBuiltIn(group);
    String[] added = add.toArray(String[]::new);
    String[] removed = remove.toArray(String[]::new);
    known("add", added, " and m.state <> 'REMOVED'");
    known("remove", removed, "");
    database.update(
        """
        insert into meter_group_rule (group_id, kind, excluded, meter_id)
          select ?, 'METER', false, id from meter where serial_number = any (?) order by id
        on conflict do nothing""",
        id,
        added);
    database.update(
        """
        delete from meter_group_rule
         where group_id = ? and kind = 'METER' and not excluded
           and meter_id = any (array(select id from meter where serial_number = any (?)))""",
        id,
        removed);
    database.update("update meter_group set version = version + 1 where id = ?", id);
    members.refresh(Set.of(id));
    audit.done(AuditAction.GROUP_MEMBERS, group.name(), null, new Picked(add, remove));
    return get(id);
  }

  private void known(String field, String[] serialNumbers, String state) {
    database
        .first(
            "select s.serial from unnest(?::text[]) with ordinality s (serial, place)"
                + " left join meter m on m.serial_number = s.serial"
                + state
                + " where m.id is null order by s.place limit 1",
            row -> String.valueOf(row.getString(1)),
            (Object) serialNumbers)
        .ifPresent(
            serial -> {
              throw new InvalidInput(field, "unknown", "No meter " + serial, serial);
            });
  }

  /**
   * @throws StillInUse when another group, a reading plan, a webhook or a claim refers to it
   */
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  public void remove(int id) {
    members.lock();
    var group = get(id);
    if (group.builtIn()) {
      throw new StillInUse("Group " + group.name() + " is always there");
    }
    var before = details(group);
    try {
      database.update("delete from meter_group_rule where group_id = ?", id);
      database.update("delete from meter_group_member where group_id = ?", id);
      database.update("delete from meter_group where id = ?", id);
    } catch (DatabaseException e) {
      throw e.referred()
          ? new StillInUse(
              "Another group, a reading plan, a webhook or a claim uses group " + group.name())
          : e;
    }
    audit.done(AuditAction.GROUP_REMOVE, group.name(), before, null);
  }

  private static void keepBuiltIn(MeterGroup group) {
    if (group.builtIn()) {
      throw new InvalidInput(
          "name", "unchangeable", "Group " + group.name() + " stays as it is", group.name());
    }
  }

  private void free(String name, int exceptId) {
    if (database
        .first("select 1 from meter_group where name = ? and id <> ?", row -> 1, name, exceptId)
        .isPresent()) {
      throw new InvalidInput("name", "unique", "The name " + name + " is taken", name);
    }
  }

  private static MeterGroup group(ResultSet row) throws SQLException {
    return new MeterGroup(
        row.getInt("id"),
        row.getString("name"),
        row.getInt("version"),
        row.getLong("meters"),
        row.getLong("picked"));
  }
}
