package org.meterledger.network;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.meterledger.server.Database;

/** What the portal has of a gateway: the device that it is, and the meters behind it. */
@ApplicationScoped
class GatewayDevices {

  private final Database database;

  /** For the client proxy only. */
  protected GatewayDevices() {
    this(null);
  }

  @Inject
  GatewayDevices(Database database) {
    this.database = database;
  }

  /** The gateway as a device. */
  record Device(int meterId, String serialNumber) {}

  /** Empty before it was spoken with, and after the device was removed. */
  Optional<Device> of(int gatewayId) {
    return database.first(
        """
        select m.id, m.serial_number from gateway_access a join meter m on m.id = a.meter_id
         where a.gateway_id = ? and m.state <> 'REMOVED'""",
        row -> new Device(row.getInt(1), row.getString(2)),
        gatewayId);
  }

  /**
   * A meter as the portal has it.
   *
   * @param gateway by which it is reached; null where it has an address of its own
   * @param alias empty where it has none, likewise the location
   */
  record PortalMeter(String serialNumber, String gateway, String alias, String location) {}

  /** Those behind a gateway, and those with one of these serial numbers wherever they are. */
  List<PortalMeter> meters(int gatewayId, List<String> serialNumbers) {
    return database.query(
        """
        select m.serial_number, case when m.address is null then g.name end as gateway,
               coalesce(m.alias, '') as alias, coalesce(l.full_name, '') as location
          from meter m
          left join gateway g on g.id = m.gateway_id
          left join location l on l.id = m.location_id
         where m.state <> 'REMOVED'
           and (m.gateway_id = ? and m.address is null or m.serial_number = any (?))
           and not exists (select from gateway_access a where a.meter_id = m.id)
         order by m.serial_number""",
        row ->
            new PortalMeter(
                row.getString("serial_number"),
                row.getString("gateway"),
                row.getString("alias"),
                row.getString("location")),
        gatewayId,
        serialNumbers.toArray(String[]::new));
  }
}
