package org.meterledger.network;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.access.Access;
import org.meterledger.server.Database;

/** The list of gateways; for who does not see all meters, those with meters that are seen. */
@Stateless
@PermitAll // it shows what the caller sees
public class GatewayList {

  private static final int MOST_ROWS = 1_000;

  private final Database database;
  private final Access access;

  /** For the container only. */
  public GatewayList() {
    this(null, null);
  }

  @Inject
  GatewayList(Database database, Access access) {
    this.database = database;
    this.access = access;
  }

  /**
   * A page of the list.
   *
   * @param search part of name, network, address or serial number; null for all
   * @param first number of the first row, from 0
   * @param max rows at most, 1..1000
   */
  public List<GatewayRow> rows(
      String search, GatewayRow.Order order, boolean ascending, int first, int max) {
    var parameters = new ArrayList<Object>();
    String sql =
        """
        select g.id, g.name, n.name as network, a.model, a.address, a.certificate, a.old_tls,
               d.serial_number as device, c.last_contact_at, c.fault, c.fault_detail,
               c.clock_drift_ms, d.clock_limit_s,
               (select count(*) from meter m
                 where m.gateway_id = g.id and m.state <> 'REMOVED'
                   and m.id is distinct from a.meter_id"""
            + access.sight().and("m.id", parameters)
            + ") as meters"
            + " "
            + from(search, parameters)
            + " order by "
            + order.expression()
            + (ascending ? "" : " desc nulls last")
            + ", g.name limit ? offset ?";
    parameters.add(Math.min(max, MOST_ROWS));
    parameters.add(first);
    return database.query(sql, GatewayList::row, parameters.toArray());
  }

  public long count(String search) {
    var parameters = new ArrayList<Object>();
    return database
        .first(
            "select count(*)" + " " + from(search, parameters),
            row -> row.getLong(1),
            parameters.toArray())
        .orElseThrow();
  }

  private String from(String search, List<Object> parameters) {
    var sight = access.sight();
    String from =
        """
        from gateway g
         join network n on n.id = g.network_id
         left join gateway_access a on a.gateway_id = g.id
         left join meter d on d.id = a.meter_id and d.state <> 'REMOVED'"""
            + sight.and("d.id", parameters)
            + " left join meter_contact c on c.meter_id = d.id where true";
    if (!sight.everything()) {
      from +=
          " and exists (select 1 from meter m where m.gateway_id = g.id and m.state <> 'REMOVED'"
              + sight.and("m.id", parameters)
              + ")";
    }
    if (search != null && !search.isBlank()) {
      from +=
          " and position(lower(?) in lower(concat_ws(' ', g.name, n.name, a.address,"
              + " d.serial_number))) > 0";
      parameters.add(search.strip());
    }
    return from;
  }

  private static GatewayRow row(ResultSet row) throws SQLException {
    Long millis = Database.number(row, "clock_drift_ms");
    var drift = millis == null ? null : Duration.ofMillis(millis);
    boolean off =
        drift != null && drift.abs().compareTo(Duration.ofSeconds(row.getInt("clock_limit_s"))) > 0;
    return new GatewayRow(
        row.getInt("id"),
        row.getString("name"),
        row.getString("network"),
        row.getString("model"),
        row.getString("address"),
        row.getString("certificate"),
        row.getBoolean("old_tls"),
        row.getString("device"),
        Database.instant(row, "last_contact_at"),
        row.getString("fault"),
        row.getString("fault_detail"),
        drift,
        off,
        row.getLong("meters"));
  }
}
