package org.meterledger.access;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Some of the meters, as a condition for SQL: those that are in one group of each set, and in no
 * hidden one.
 *
 * @param within sets of group ids; without any, all meters
 * @param hidden group ids
 */
public record MeterScope(List<Set<Integer>> within, Set<Integer> hidden) implements Serializable {

  /** All meters. */
  public static final MeterScope EVERYTHING = new MeterScope(List.of(), Set.of());

  /** No meter. */
  public static final MeterScope NOTHING = new MeterScope(List.of(Set.of()), Set.of());

  public MeterScope {
    within = List.copyOf(within);
    hidden = Set.copyOf(hidden);
  }

  public boolean everything() {
    return within.isEmpty() && hidden.isEmpty();
  }

  public boolean nothing() {
    return within.stream().anyMatch(Set::isEmpty);
  }

  /** The meters that are in both. */
  public MeterScope both(MeterScope other) {
    var groups = new ArrayList<>(within);
    groups.addAll(other.within);
    var hiddenInOne = new HashSet<>(hidden);
    hiddenInOne.addAll(other.hidden);
    return new MeterScope(groups, hiddenInOne);
  }

  /**
   * A condition that begins with {@code and}, or nothing where all meters are meant.
   *
   * @param column that holds the meter's id
   * @param parameters to which those of the condition are added
   */
  public String and(String column, List<Object> parameters) {
    var sql = new StringBuilder();
    for (var groups : within) {
      sql.append(" and ").append(column).append(" in (").append(MEMBERS).append(')');
      parameters.add(groups.toArray(Integer[]::new));
    }
    if (!hidden.isEmpty()) {
      sql.append(" and ").append(column).append(" not in (").append(MEMBERS).append(')');
      parameters.add(hidden.toArray(Integer[]::new));
    }
    return sql.toString();
  }

  private static final String MEMBERS =
      "select v.meter_id from meter_group_member v where v.group_id = any (?) and not v.leaving";
}
