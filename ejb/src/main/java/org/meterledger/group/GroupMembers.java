package org.meterledger.group;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.meterledger.meter.MeterSaved;
import org.meterledger.server.Database;

/**
 * Keeps the members of groups as their rules say. Whoever changes rules, groups or locations calls
 * {@link #lock} first: meters may be saved at the same moment, and each side must see the other.
 */
@ApplicationScoped
class GroupMembers {

  /** Of the advisory lock: shared by who saves a meter, alone for who changes rules. */
  private static final long LOCK = 0x67726f757073L;

  /** What the rules say of meters that are there; the condition picks rules or meters. */
  private static final String DIRECT =
      """
      select r.group_id, m.id as meter_id, r.excluded
        from meter_group_rule r cross join meter m
       where r.kind = 'ALL' and m.state <> 'REMOVED' and :which
      union all
      select r.group_id, m.id, r.excluded
        from meter_group_rule r cross join meter m
       where r.kind = 'WATCHED' and m.watched and m.state <> 'REMOVED' and :which
      union all
      select r.group_id, m.id, r.excluded
        from meter_group_rule r join meter m on m.id = r.meter_id
       where r.kind = 'METER' and m.state <> 'REMOVED' and :which
      union all
      select r.group_id, m.id, r.excluded
        from meter_group_rule r join location top on top.id = r.location_id
        join location below on below.path like top.path || '%'
        join meter m on m.location_id = below.id
       where r.kind = 'LOCATION' and m.state <> 'REMOVED' and :which
      union all
      select r.group_id, m.id, r.excluded
        from meter_group_rule r join meter m on m.gateway_id = r.gateway_id
       where r.kind = 'GATEWAY' and m.state <> 'REMOVED' and :which
      union all
      select r.group_id, m.id, r.excluded
        from meter_group_rule r join meter m on m.network_id = r.network_id
       where r.kind = 'NETWORK' and m.state <> 'REMOVED' and :which
      union all
      select r.group_id, m.id, r.excluded
        from meter_group_rule r join meter_label l on l.label = r.label
        join meter m on m.id = l.meter_id
       where r.kind = 'LABEL' and m.state <> 'REMOVED' and :which
      union all
      select r.group_id, m.id, r.excluded
        from meter_group_rule r join meter m on m.model = r.model
       where r.kind = 'MODEL' and m.state <> 'REMOVED' and :which
      """;

  private static final int DIRECT_KINDS = 8;

  private static final String OF_METER = DIRECT.replace(":which", "m.id = ?");

  /**
   * What a full join finds different is changed. Plans stay good without statistics on rows that
   * came a moment ago: a full join is never a nested loop, and the array is looked up in the key.
   */
  private static final String DIFFERENCE =
      "with matched as ("
          + DIRECT.replace(":which", "r.group_id = ?")
          + """
            union all
            select r.group_id, n.meter_id, r.excluded
              from meter_group_rule r
              join meter_group_member n on n.group_id = r.member_id and not n.leaving
             where r.kind = 'GROUP' and r.group_id = ?
          ), wanted as (
            select meter_id from matched group by meter_id having not bool_or(excluded)
          ), difference as materialized (
            select coalesce(w.meter_id, m.meter_id) as meter_id, w.meter_id is not null as belongs
              from wanted w
              full join (select meter_id, leaving from meter_group_member where group_id = ?) m
                on m.meter_id = w.meter_id
             where (w.meter_id is not null) <> (m.meter_id is not null and not m.leaving)
          ), joined as (
            insert into meter_group_member (group_id, meter_id, serial_number)
              select ?, d.meter_id, m.serial_number
                from difference d join meter m on m.id = d.meter_id
               where d.belongs order by d.meter_id
            on conflict (group_id, meter_id) do update set leaving = false
            returning 1
          ), parted as (
            update meter_group_member set leaving = true
             where group_id = ?
               and meter_id = any (array(select meter_id from difference where not belongs))
            returning 1
          )
          select (select count(*) from joined) + (select count(*) from parted)""";

  private static final int DIFFERENCE_PARAMETERS = DIRECT_KINDS + 4;

  private static final String OF_METER_DIFFERENCE =
      """
      with wanted as (
        select unnest(?::integer[]) as group_id
      ), joined as (
        insert into meter_group_member (group_id, meter_id, serial_number)
          select w.group_id, m.id, m.serial_number from wanted w join meter m on m.id = ?
        on conflict (group_id, meter_id) do update set leaving = false
          where meter_group_member.leaving
      )
      update meter_group_member set leaving = true
       where meter_id = ? and not leaving and group_id <> all (?::integer[])
      returning group_id""";

  private final Database database;
  private final Event<MembersChanged> changed;

  /** For the client proxy only. */
  protected GroupMembers() {
    this(null, null);
  }

  @Inject
  GroupMembers(Database database, Event<MembersChanged> changed) {
    this.database = database;
    this.changed = changed;
  }

  /** Until the end of the transaction nobody else changes rules, and no meter is saved. */
  void lock() {
    database.query("select pg_advisory_xact_lock(?)", row -> null, LOCK);
  }

  /** The rules of these groups changed, or what the rules go by. */
  void refresh(Collection<Integer> groupIds) {
    var nesting = Nesting.read(database);
    var open = new HashSet<>(groupIds);
    var different = new TreeSet<Integer>();
    for (int group : nesting.inOrder(groupIds)) {
      if (open.contains(group) && refresh(group)) {
        different.add(group);
        open.addAll(nesting.holders(group));
      }
    }
    if (!different.isEmpty()) {
      changed.fire(new MembersChanged(different, null));
    }
  }

  private boolean refresh(int groupId) {
    long differences =
        database
            .first(
                DIFFERENCE,
                row -> row.getLong(1),
                Collections.nCopies(DIFFERENCE_PARAMETERS, (Object) groupId).toArray())
            .orElseThrow();
    // by another statement: it sees what somebody counted until the row was ours
    database.update(
        "delete from meter_group_member where group_id = ? and leaving and not counted", groupId);
    return differences > 0;
  }

  /** Places moved within the tree. */
  void refreshLocations() {
    refresh(
        database.query(
            "select distinct group_id from meter_group_rule where kind = 'LOCATION'",
            row -> row.getInt(1)));
  }

  /** In the transaction that saves a meter: its groups follow. */
  void onSaved(@Observes MeterSaved saved) {
    refreshMeter(saved.meter().getId());
  }

  void refreshMeter(int meterId) {
    database.query("select pg_advisory_xact_lock_shared(?)", row -> null, LOCK);
    var groups = groupsOf(meterId);
    Integer[] wanted = groups.toArray(Integer[]::new);
    groups.addAll(
        database.query(
            OF_METER_DIFFERENCE, row -> row.getInt(1), wanted, meterId, meterId, wanted));
    database.update(
        "delete from meter_group_member where meter_id = ? and leaving and not counted", meterId);
    changed.fire(new MembersChanged(groups, meterId));
  }

  /** In which groups the rules put the meter. */
  private Set<Integer> groupsOf(int meterId) {
    Map<Integer, Set<Boolean>> verdicts = new HashMap<>();
    database.query(
        OF_METER,
        row ->
            verdicts
                .computeIfAbsent(row.getInt(1), key -> new TreeSet<>())
                .add(row.getBoolean("excluded")),
        Collections.nCopies(DIRECT_KINDS, (Object) meterId).toArray());
    var nesting = Nesting.read(database);
    var holding = nesting.inOrder();
    var groups = new TreeSet<Integer>();
    verdicts.forEach(
        (group, excluded) -> {
          if (!holding.contains(group) && !excluded.contains(true)) {
            groups.add(group);
          }
        });
    for (int group : holding) {
      var all = new TreeSet<>(verdicts.getOrDefault(group, Set.of()));
      all.addAll(nesting.verdicts(group, groups));
      if (all.equals(Set.of(false))) {
        groups.add(group);
      }
    }
    return groups;
  }
}
