package org.meterledger.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterledger.server.Database;

/** Asked by everything that shows or changes a meter: may the caller? */
@ApplicationScoped
public class Access {

  private final Database database;
  private final CurrentCaller caller;

  /** For the client proxy only. */
  protected Access() {
    this(null, null);
  }

  @Inject
  public Access(Database database, CurrentCaller caller) {
    this.database = database;
    this.caller = caller;
  }

  /** Of the account that asks; null for nobody. */
  public Integer accountId() {
    return caller.accountId();
  }

  /** The meters for which the caller has a permission. */
  public MeterScope scope(Permission permission) {
    return caller.privileges().scope(permission);
  }

  /** The meters that exist for the caller. */
  public MeterScope sight() {
    return scope(Permission.VIEW_METERS);
  }

  public boolean sees(int meterId) {
    return may(Permission.VIEW_METERS, meterId);
  }

  public boolean may(Permission permission, int meterId) {
    return holds(scope(permission), "values (?)", meterId);
  }

  /**
   * For a meter that the caller sees.
   *
   * @throws AccessDenied when the permission is not given for it
   */
  public void require(Permission permission, int meterId, String serialNumber) {
    if (!may(permission, meterId)) {
      throw new AccessDenied(permission, "meter " + serialNumber);
    }
  }

  /**
   * @throws AccessDenied when the permission is not given for each member of a group
   */
  public void requireForGroup(Permission permission, int groupId, String name) {
    if (!mayForGroup(permission, groupId)) {
      throw new AccessDenied(permission, "group " + name);
    }
  }

  /**
   * A group exists for who sees each of its members; an empty one for who sees all meters, or was
   * given it.
   */
  public boolean seesGroup(int groupId) {
    return mayForGroup(Permission.VIEW_METERS, groupId);
  }

  /** Whether a permission is given for each member of a group. */
  public boolean mayForGroup(Permission permission, int groupId) {
    var scope = scope(permission);
    if (scope.everything()) {
      return true;
    }
    if (scope.nothing()) {
      return false;
    }
    boolean given = scope.within().stream().allMatch(groups -> groups.contains(groupId));
    return given && scope.hidden().isEmpty()
        || (given || !empty(groupId))
            && holds(
                scope,
                "select meter_id from meter_group_member where group_id = ? and not leaving",
                groupId);
  }

  private boolean empty(int groupId) {
    return database
        .first(
            "select 1 from meter_group_member where group_id = ? and not leaving limit 1",
            row -> 1,
            groupId)
        .isEmpty();
  }

  /** Serial number of one of these meters that is outside of a scope. */
  public Optional<String> outside(Permission permission, List<Integer> meterIds) {
    var scope = scope(permission);
    if (scope.everything()) {
      return Optional.empty();
    }
    var parameters = new ArrayList<Object>();
    parameters.add(meterIds.toArray(Integer[]::new));
    String inside = inside(scope, parameters);
    return database.first(
        "select m.serial_number from meter m where m.id = any (?) and not (" + inside + ") limit 1",
        row -> row.getString(1),
        parameters.toArray());
  }

  /** Whether all of the meters that a query gives are in a scope. */
  private boolean holds(MeterScope scope, String meters, int parameter) {
    if (scope.everything() || scope.nothing()) {
      return scope.everything();
    }
    var parameters = new ArrayList<Object>();
    parameters.add(parameter);
    String inside = inside(scope, parameters);
    return database
        .first(
            "select 1 from (" + meters + ") m (id) where not (" + inside + ") limit 1",
            row -> 1,
            parameters.toArray())
        .isEmpty();
  }

  private static String inside(MeterScope scope, List<Object> parameters) {
    return "true" + scope.and("m.id", parameters);
  }
}
