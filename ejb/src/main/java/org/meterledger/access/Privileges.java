package org.meterledger.access;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.meterledger.access.Permission.Reach;

/** What all grants of an account come to. It cannot be changed; every request asks anew. */
public final class Privileges implements Serializable {

  /** Of who has not come in. */
  public static final Privileges NONE = new Privileges(List.of());

  private static final long serialVersionUID = 1L;

  /** Id of the group of all meters (V006__meter_group.sql). */
  static final int ALL_METERS = 1;

  private final Map<Permission, MeterScope> scopes = new EnumMap<>(Permission.class);

  /**
   * A grant as far as it opens or closes something.
   *
   * @param permissions of the role; empty where access is none
   */
  public record Given(Set<Permission> permissions, int groupId, AccessLevel access)
      implements Serializable {}

  public Privileges(List<Given> grants) {
    var hidden = new HashSet<Integer>();
    grants.stream()
        .filter(grant -> grant.access() == AccessLevel.NONE)
        .forEach(grant -> hidden.add(grant.groupId()));
    for (var permission : Permission.values()) {
      var groups = new TreeSet<Integer>();
      grants.stream()
          .filter(grant -> gives(grant, permission))
          .forEach(grant -> groups.add(grant.groupId()));
      if (!groups.isEmpty() && !hidden.contains(ALL_METERS)) {
        scopes.put(
            permission,
            new MeterScope(groups.contains(ALL_METERS) ? List.of() : List.of(groups), hidden));
      }
    }
  }

  private Privileges(Map<Permission, MeterScope> scopes) {
    this.scopes.putAll(scopes);
  }

  private static boolean gives(Given grant, Permission permission) {
    return grant.permissions().contains(permission)
        && switch (permission.reach()) {
          case SEES -> grant.access() != AccessLevel.NONE;
          case CHANGES -> grant.access() == AccessLevel.CONFIGURE;
          case PORTAL -> grant.access() != AccessLevel.NONE && grant.groupId() == ALL_METERS;
        };
  }

  /**
   * The part of these that a token opens.
   *
   * @param permissions null for all
   * @param groups ids; null for all
   */
  public Privileges within(Set<Permission> permissions, Set<Integer> groups) {
    var part = new EnumMap<Permission, MeterScope>(Permission.class);
    scopes.forEach(
        (permission, scope) -> {
          boolean portal = permission.reach() == Reach.PORTAL;
          if ((permissions == null || permissions.contains(permission))
              && (groups == null || !portal)) {
            part.put(permission, groups == null ? scope : within(scope, groups));
          }
        });
    return new Privileges(part);
  }

  private static MeterScope within(MeterScope scope, Set<Integer> groups) {
    var both = new ArrayList<>(scope.within());
    both.add(groups);
    return new MeterScope(both, scope.hidden());
  }

  /** Held for at least some meters, or for the portal. */
  public boolean may(Permission permission) {
    return scopes.containsKey(permission);
  }

  /** The meters for which a permission is held. */
  public MeterScope scope(Permission permission) {
    return scopes.getOrDefault(permission, MeterScope.NOTHING);
  }

  public Set<Permission> permissions() {
    return scopes.isEmpty() ? EnumSet.noneOf(Permission.class) : EnumSet.copyOf(scopes.keySet());
  }

  /** Roles of the container: the names of all permissions, and that of having come in. */
  public Set<String> containerRoles() {
    var roles = new HashSet<String>();
    roles.add(Permission.Names.SIGNED_IN);
    scopes.keySet().forEach(permission -> roles.add(permission.name()));
    return roles;
  }
}
