package org.meterledger.network;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
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

/** The networks and gateways. A limit that is changed holds from the next claim on. */
@Stateless
@PermitAll // what changes something says who may
public class Networks {

  private static final String NETWORKS =
      "select n.id, n.name, n.most_sessions, n.most_connects, n.version from network n where true";

  private static final String GATEWAYS =
      "select g.id, g.name, n.name as network, g.most_sessions, g.version"
          + " from gateway g join network n on n.id = g.network_id where true";

  private final Database database;
  private final Access access;
  private final Audit audit;
  private final Clock clock;

  /** For the container only. */
  public Networks() {
    this(null, null, null, null);
  }

  @Inject
  public Networks(Database database, Access access, Audit audit, Clock clock) {
    this.database = database;
    this.access = access;
    this.audit = audit;
    this.clock = clock;
  }

  /** By name; for who does not see all meters, those with meters that are seen. */
  public List<Network> all() {
    var parameters = new ArrayList<Object>();
    return database.query(
        NETWORKS + seen("m.network_id = n.id", parameters) + " order by n.name",
        Networks::network,
        parameters.toArray());
  }

  private String seen(String where, List<Object> parameters) {
    var sight = access.sight();
    return sight.everything()
        ? ""
        : " and exists (select 1 from meter m where "
            + where
            + " and m.state <> 'REMOVED'"
            + sight.and("m.id", parameters)
            + ")";
  }

  /**
   * @throws NotThere when there is none
   */
  public Network get(int id) {
    var parameters = new ArrayList<Object>(List.of(id));
    return database
        .first(
            NETWORKS + " and n.id = ?" + seen("m.network_id = n.id", parameters),
            Networks::network,
            parameters.toArray())
        .orElseThrow(() -> new NotThere("network " + id));
  }

  /**
   * @throws InvalidInput when the name is taken
   */
  @RolesAllowed(Permission.Names.MANAGE_NETWORKS)
  public Network add(NetworkDetails details) {
    int id =
        unique(
            details.getName(),
            () ->
                id(
                    "insert into network"
                        + " (name, most_sessions, most_connects, next_connect, version)"
                        + " values (?, ?, ?, ?, 0) returning id",
                    details.getName(),
                    details.getMostSessions(),
                    details.getMostConnects(),
                    clock.instant()));
    audit.done(AuditAction.NETWORK_ADD, details.getName(), null, get(id));
    return get(id);
  }

  /**
   * @param version the caller has seen
   * @throws ChangedMeanwhile when the network has another version by now
   * @throws InvalidInput when the name is taken, or that of the standard network is another
   */
  @RolesAllowed(Permission.Names.MANAGE_NETWORKS)
  public Network change(int id, int version, NetworkDetails details) {
    var network = get(id);
    if (id == Network.STANDARD && !network.name().equals(details.getName())) {
      throw new InvalidInput(
          "name", "unchangeable", "Network " + network.name() + " keeps its name", network.name());
    }
    int changed =
        unique(
            details.getName(),
            () ->
                database.update(
                    "update network set name = ?, most_sessions = ?, most_connects = ?,"
                        + " version = version + 1 where id = ? and version = ?",
                    details.getName(),
                    details.getMostSessions(),
                    details.getMostConnects(),
                    id,
                    version));
    if (changed == 0) {
      throw new ChangedMeanwhile("Network " + network.name());
    }
    audit.done(AuditAction.NETWORK_CHANGE, network.name(), network, get(id));
    return get(id);
  }

  /**
   * @throws StillInUse when a meter, a gateway or a group has to do with it
   */
  @RolesAllowed(Permission.Names.MANAGE_NETWORKS)
  public void remove(int id) {
    var network = get(id);
    if (id == Network.STANDARD) {
      throw new StillInUse("Network " + network.name() + " is always there");
    }
    remove(
        "delete from network where id = ?",
        id,
        "Network " + network.name() + " has meters or gateways, or a group is made by it");
    audit.done(AuditAction.NETWORK_REMOVE, network.name(), network, null);
  }

  /** By name; for who does not see all meters, those with meters that are seen. */
  public List<Gateway> gateways() {
    var parameters = new ArrayList<Object>();
    return database.query(
        GATEWAYS + seen("m.gateway_id = g.id", parameters) + " order by g.name",
        Networks::gateway,
        parameters.toArray());
  }

  /**
   * @throws NotThere when there is none
   */
  public Gateway gateway(int id) {
    var parameters = new ArrayList<Object>(List.of(id));
    return database
        .first(
            GATEWAYS + " and g.id = ?" + seen("m.gateway_id = g.id", parameters),
            Networks::gateway,
            parameters.toArray())
        .orElseThrow(() -> new NotThere("gateway " + id));
  }

  /**
   * @throws InvalidInput when the name is taken or the network not known
   */
  @RolesAllowed(Permission.Names.MANAGE_NETWORKS)
  public Gateway addGateway(GatewayDetails details) {
    int network = networkId(details);
    int id =
        unique(
            details.getName(),
            () ->
                id(
                    "insert into gateway (name, network_id, most_sessions, version)"
                        + " values (?, ?, ?, 0) returning id",
                    details.getName(),
                    network,
                    details.getMostSessions()));
    audit.done(AuditAction.GATEWAY_ADD, details.getName(), null, gateway(id));
    return gateway(id);
  }

  /**
   * @param version the caller has seen
   * @throws ChangedMeanwhile when the gateway has another version by now
   * @throws InvalidInput when the name is taken, the network not known, or meters are behind a
   *     gateway that is to be in another network
   */
  @RolesAllowed(Permission.Names.MANAGE_NETWORKS)
  public Gateway changeGateway(int id, int version, GatewayDetails details) {
    var gateway = gateway(id);
    int network = networkId(details);
    int changed =
        unique(
            details.getName(),
            () ->
                database.update(
                    "update gateway set name = ?, network_id = ?, most_sessions = ?,"
                        + " version = version + 1 where id = ? and version = ?",
                    details.getName(),
                    network,
                    details.getMostSessions(),
                    id,
                    version));
    if (changed == 0) {
      throw new ChangedMeanwhile("Gateway " + gateway.name());
    }
    // looked at after the update, which waits for those who place a meter behind it
    if (!gateway.network().equals(details.getNetwork()) && hasMeters(id)) {
      throw new InvalidInput(
          "network",
          "meters",
          "Meters are behind gateway " + gateway.name() + " and in network " + gateway.network(),
          gateway.network());
    }
    audit.done(AuditAction.GATEWAY_CHANGE, gateway.name(), gateway, gateway(id));
    return gateway(id);
  }

  private boolean hasMeters(int gatewayId) {
    return database
        .first("select 1 from meter where gateway_id = ? limit 1", row -> 1, gatewayId)
        .isPresent();
  }

  /**
   * @throws StillInUse when a meter is behind it or a group is made by it
   */
  @RolesAllowed(Permission.Names.MANAGE_NETWORKS)
  public void removeGateway(int id) {
    var gateway = gateway(id);
    remove(
        "delete from gateway where id = ?",
        id,
        "Meters are behind gateway " + gateway.name() + ", or a group is made by it");
    audit.done(AuditAction.GATEWAY_REMOVE, gateway.name(), gateway, null);
  }

  private int networkId(GatewayDetails details) {
    return database
        .first("select id from network where name = ?", row -> row.getInt(1), details.getNetwork())
        .orElseThrow(
            () ->
                new InvalidInput(
                    "network",
                    "unknown",
                    "No network " + details.getNetwork(),
                    details.getNetwork()));
  }

  private int id(String sql, Object... parameters) {
    return database.first(sql, row -> row.getInt(1), parameters).orElseThrow();
  }

  private void remove(String sql, int id, String reason) {
    try {
      database.update(sql, id);
    } catch (DatabaseException e) {
      throw e.referred() ? new StillInUse(reason) : e;
    }
  }

  private static <T> T unique(String name, Supplier<T> work) {
    try {
      return work.get();
    } catch (DatabaseException e) {
      throw e.duplicate()
          ? new InvalidInput("name", "unique", "The name " + name + " is taken", name)
          : e;
    }
  }

  private static Network network(ResultSet row) throws SQLException {
    return new Network(
        row.getInt("id"),
        row.getString("name"),
        row.getInt("most_sessions"),
        row.getInt("most_connects"),
        row.getInt("version"));
  }

  private static Gateway gateway(ResultSet row) throws SQLException {
    return new Gateway(
        row.getInt("id"),
        row.getString("name"),
        row.getString("network"),
        row.getInt("most_sessions"),
        row.getInt("version"));
  }
}
