package org.meterledger.group;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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

/** The tree of the places where meters are. */
@Stateless
@PermitAll // what changes something says who may
public class Locations {

  /** Places from the root to the lowest at most. */
  public static final int DEEPEST = 20;

  private static final String LOCATIONS =
      """
      select l.id, p.full_name as parent, l.name, l.full_name, l.path, l.version
        from location l left join location p on p.id = l.parent_id where true""";

  private final Database database;
  private final GroupMembers members;
  private final Access access;
  private final Audit audit;

  /** For the container only. */
  public Locations() {
    this(null, null, null, null);
  }

  @Inject
  Locations(Database database, GroupMembers members, Access access, Audit audit) {
    this.database = database;
    this.access = access;
    this.audit = audit;
    this.members = members;
  }

  /** A place and where it stands, by ids. */
  private record Node(Location location, String path) {
    private static final Node ABOVE_ALL = new Node(new Location(0, null, "", "", 0, 0), "/");

    private Integer id() {
      return this == ABOVE_ALL ? null : location.id();
    }

    private String fullNameOf(String child) {
      return this == ABOVE_ALL ? child : location.fullName() + "/" + child;
    }
  }

  /**
   * As the tree is read: each place before those in it, those of one place by name. For who does
   * not see all meters, the places in which some are that are seen.
   */
  public List<Location> all() {
    var parameters = new ArrayList<Object>();
    return database.query(
        LOCATIONS + seen(parameters) + " order by string_to_array(l.full_name, '/')",
        row -> node(row).location(),
        parameters.toArray());
  }

  private String seen(List<Object> parameters) {
    var sight = access.sight();
    return sight.everything()
        ? ""
        : " and exists (select 1 from location b join meter m on m.location_id = b.id"
            + " where b.path like l.path || '%' and m.state <> 'REMOVED'"
            + sight.and("m.id", parameters)
            + ")";
  }

  /**
   * @throws NotThere when there is none
   */
  public Location get(int id) {
    return find(id).location();
  }

  private Node find(int id) {
    var parameters = new ArrayList<Object>(List.of(id));
    return database
        .first(
            LOCATIONS + " and l.id = ?" + seen(parameters), Locations::node, parameters.toArray())
        .orElseThrow(() -> new NotThere("location " + id));
  }

  /**
   * @throws InvalidInput when the name is taken there, the parent not known, or the tree too deep
   */
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  public Location add(LocationDetails details) {
    members.lock();
    var parent = parent(details);
    deepEnough(parent.location().depth() + 1);
    int id =
        unique(
            details,
            () ->
                database
                    .first(
                        "insert into location (parent_id, name, path, full_name, version)"
                            + " values (?, ?, '', ?, 0) returning id",
                        row -> row.getInt(1),
                        parent.id(),
                        details.getName(),
                        parent.fullNameOf(details.getName()))
                    .orElseThrow());
    database.update("update location set path = ? where id = ?", parent.path() + id + "/", id);
    var location = get(id);
    audit.done(AuditAction.LOCATION_ADD, location.fullName(), null, location);
    return location;
  }

  /**
   * Renames a place, or moves it with all that is in it.
   *
   * @param version the caller has seen
   * @throws ChangedMeanwhile when the place has another version by now
   * @throws InvalidInput as {@link #add}, and when the place would lie in itself
   */
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  public Location change(int id, int version, LocationDetails details) {
    members.lock();
    var node = find(id);
    var before = node.location();
    if (before.version() != version) {
      throw new ChangedMeanwhile("Location " + before.fullName());
    }
    var parent = parent(details);
    if (parent.path().startsWith(node.path())) {
      throw new InvalidInput(
          "parent",
          "cycle",
          before.fullName() + " would lie in itself, since it holds " + details.getParent(),
          before.fullName());
    }
    deepEnough(parent.location().depth() + height(node));
    unique(
        details,
        () ->
            database.update(
                "update location set parent_id = ?, name = ?, version = version + 1 where id = ?",
                parent.id(),
                details.getName(),
                id));
    String path = parent.path() + id + "/";
    database.update(
        "update location set path = ? || substr(path, ?), full_name = ? || substr(full_name, ?)"
            + " where path like ?",
        path,
        node.path().length() + 1,
        parent.fullNameOf(details.getName()),
        before.fullName().length() + 1,
        node.path() + "%");
    if (!path.equals(node.path())) {
      members.refreshLocations();
    }
    audit.done(AuditAction.LOCATION_CHANGE, before.fullName(), before, get(id));
    return get(id);
  }

  /**
   * @throws StillInUse when a place or a meter is in it, or a group is made by it
   */
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  public void remove(int id) {
    members.lock();
    var location = get(id);
    try {
      database.update("delete from location where id = ?", id);
    } catch (DatabaseException e) {
      throw e.referred()
          ? new StillInUse(
              "Places or meters are in " + location.fullName() + ", or a group is made by it")
          : e;
    }
    audit.done(AuditAction.LOCATION_REMOVE, location.fullName(), location, null);
  }

  private Node parent(LocationDetails details) {
    return details.getParent() == null
        ? Node.ABOVE_ALL
        : database
            .first(LOCATIONS + " and l.full_name = ?", Locations::node, details.getParent())
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "parent",
                        "unknown",
                        "No location " + details.getParent(),
                        details.getParent()));
  }

  /** Places one in the other from this one to the lowest. */
  private int height(Node node) {
    return database
        .first(
            "select max(length(path) - length(replace(path, '/', ''))) from location"
                + " where path like ?",
            row -> row.getInt(1),
            node.path() + "%")
        .map(slashes -> slashes - node.location().depth())
        .orElseThrow();
  }

  private static void deepEnough(int depth) {
    if (depth > DEEPEST) {
      throw new InvalidInput(
          "parent", "depth", "A tree of places is at most " + DEEPEST + " places deep");
    }
  }

  private static <T> T unique(LocationDetails details, Supplier<T> work) {
    try {
      return work.get();
    } catch (DatabaseException e) {
      throw e.duplicate()
          ? new InvalidInput(
              "name",
              "unique",
              "There is a place " + details.getName() + " already",
              details.getName())
          : e;
    }
  }

  private static Node node(ResultSet row) throws SQLException {
    String path = row.getString("path");
    return new Node(
        new Location(
            row.getInt("id"),
            row.getString("parent"),
            row.getString("name"),
            row.getString("full_name"),
            depth(path),
            row.getInt("version")),
        path);
  }

  private static int depth(String path) {
    return (int) path.chars().filter(letter -> letter == '/').count() - 1;
  }
}
