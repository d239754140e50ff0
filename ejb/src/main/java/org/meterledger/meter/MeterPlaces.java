package org.meterledger.meter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.SortedSet;
import org.meterledger.server.Database;
import org.meterledger.server.InvalidInput;

/** Network, gateway, location and labels of meters, between names and rows. */
@ApplicationScoped
public class MeterPlaces {

  static final int STANDARD_NETWORK = 1;

  private static final int MOST_NAMES = 10_000;

  private final Database database;

  /** For the client proxy only. */
  protected MeterPlaces() {
    this(null);
  }

  @Inject
  MeterPlaces(Database database) {
    this.database = database;
  }

  /** Where a meter is, by ids; gateway and location null for none. */
  record Place(int networkId, Integer gatewayId, Integer locationId) {
    static final Place NONE = new Place(STANDARD_NETWORK, null, null);
  }

  /** What a meter's network may be: all of them, by name. */
  public List<String> networks() {
    return names("select name from network order by name limit ?");
  }

  /** What a meter's gateway may be, by name; the first 10 000. */
  public List<String> gateways() {
    return names("select name from gateway order by name limit ?");
  }

  /** What a meter's location may be, as in {@link MeterDetails#getLocation}; the first 10 000. */
  public List<String> locations() {
    return names("select full_name from location order by full_name limit ?");
  }

  private List<String> names(String sql) {
    return database.query(sql, row -> row.getString(1), MOST_NAMES);
  }

  private record Gateway(int id, int networkId) {}

  /**
   * @throws InvalidInput when one of the names is not known, or the gateway is in another network
   */
  Place find(MeterDetails details) {
    int network = network(details.getNetwork());
    return new Place(
        network, gateway(details.getGateway(), network), location(details.getLocation()));
  }

  private int network(String name) {
    return database
        .first("select id from network where name = ?", row -> row.getInt(1), name)
        .orElseThrow(() -> new InvalidInput("network", "unknown", "No network " + name));
  }

  private Integer gateway(String name, int networkId) {
    if (name == null) {
      return null;
    }
    // shared, so that the gateway does not move to another network meanwhile
    var gateway =
        database
            .first(
                "select id, network_id from gateway where name = ? for share",
                row -> new Gateway(row.getInt(1), row.getInt(2)),
                name)
            .orElseThrow(() -> new InvalidInput("gateway", "unknown", "No gateway " + name));
    if (gateway.networkId() != networkId) {
      throw new InvalidInput("gateway", "network", "Gateway " + name + " is in another network");
    }
    return gateway.id();
  }

  /** Whether the portal speaks with a gateway, and so through it with meters; null is none. */
  boolean reaches(String gateway) {
    return gateway != null
        && database
            .first(
                "select 1 from gateway g join gateway_access a on a.gateway_id = g.id"
                    + " where g.name = ?",
                row -> 1,
                gateway)
            .isPresent();
  }

  private Integer location(String name) {
    return name == null
        ? null
        : database
            .first("select id from location where full_name = ?", row -> row.getInt(1), name)
            .orElseThrow(() -> new InvalidInput("location", "unknown", "No location " + name));
  }

  /** The meter has these labels and no others from now on. */
  void label(int meterId, SortedSet<String> labels) {
    String[] wanted = labels.toArray(String[]::new);
    database.update(
        "delete from meter_label where meter_id = ? and label <> all (?)", meterId, wanted);
    database.update(
        "insert into meter_label (meter_id, label) select ?, unnest(?::text[])"
            + " on conflict do nothing",
        meterId,
        wanted);
  }

  /** Writes into the details what the rows say of a meter. */
  void describe(int meterId, MeterDetails details) {
    database.query(
        """
        select n.name as network, g.name as gateway, l.full_name as location
          from meter m
          join network n on n.id = m.network_id
          left join gateway g on g.id = m.gateway_id
          left join location l on l.id = m.location_id
         where m.id = ?""",
        row -> {
          details.setNetwork(row.getString("network"));
          details.setGateway(row.getString("gateway"));
          details.setLocation(row.getString("location"));
          return null;
        },
        meterId);
    details
        .getLabels()
        .addAll(
            database.query(
                "select label from meter_label where meter_id = ?",
                row -> row.getString(1),
                meterId));
  }
}
