package org.meterledger.group;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.meterledger.server.Database;

/** Which groups hold which others. */
final class Nesting {

  private static final String EDGES =
      "select group_id, member_id, excluded from meter_group_rule where kind = 'GROUP'"
          + " order by group_id, member_id, excluded";

  /** Members by holder; true for one that is taken out. */
  private final Map<Integer, Map<Integer, Set<Boolean>>> members = new LinkedHashMap<>();

  private final Map<Integer, Set<Integer>> holders = new HashMap<>();

  private Nesting() {}

  static Nesting read(Database database) {
    var nesting = new Nesting();
    database.query(
        EDGES,
        row -> {
          nesting.add(row.getInt(1), row.getInt(2), row.getBoolean(3));
          return null;
        });
    return nesting;
  }

  private void add(int group, int member, boolean excluded) {
    members
        .computeIfAbsent(group, key -> new LinkedHashMap<>())
        .computeIfAbsent(member, key -> new TreeSet<>())
        .add(excluded);
    holders.computeIfAbsent(member, key -> new LinkedHashSet<>()).add(group);
  }

  /** The groups that have a rule about this one. */
  Set<Integer> holders(int group) {
    return holders.getOrDefault(group, Set.of());
  }

  /** What rules about other groups say of something that is in these: true for taken out. */
  Set<Boolean> verdicts(int group, Set<Integer> isIn) {
    var verdicts = new TreeSet<Boolean>();
    members
        .getOrDefault(group, Map.of())
        .forEach(
            (member, excluded) -> {
              if (isIn.contains(member)) {
                verdicts.addAll(excluded);
              }
            });
    return verdicts;
  }

  /** These groups and all that hold them, each after those that it holds. */
  List<Integer> inOrder(Collection<Integer> groups) {
    var above = new LinkedHashSet<Integer>();
    Deque<Integer> open = new ArrayDeque<>(groups);
    while (!open.isEmpty()) {
      int group = open.pop();
      if (above.add(group)) {
        open.addAll(holders(group));
      }
    }
    var ordered = new LinkedHashSet<Integer>();
    above.forEach(group -> order(group, ordered));
    ordered.retainAll(above);
    return List.copyOf(ordered);
  }

  /** All groups that hold others, each after those that it holds. */
  List<Integer> inOrder() {
    return inOrder(members.keySet());
  }

  private void order(int group, Set<Integer> ordered) {
    if (!ordered.contains(group)) {
      members.getOrDefault(group, Map.of()).keySet().forEach(member -> order(member, ordered));
      ordered.add(group);
    }
  }

  /** The way by which a group holds itself, from it to it; empty when it does not. */
  List<Integer> cycle(int group) {
    var way = new ArrayList<Integer>();
    return leads(group, group, way, new TreeSet<>()) ? way : List.of();
  }

  private boolean leads(int from, int to, List<Integer> way, Set<Integer> seen) {
    way.add(from);
    for (int member : members.getOrDefault(from, Map.of()).keySet()) {
      if (member == to) {
        way.add(to);
        return true;
      }
      if (seen.add(member) && leads(member, to, way, seen)) {
        return true;
      }
    }
    way.remove(way.size() - 1);
    return false;
  }
}
