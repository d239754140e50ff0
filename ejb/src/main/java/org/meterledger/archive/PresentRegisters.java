package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.Unit;
import org.meterledger.server.Database;

/** The present values of meters, as last read. */
@ApplicationScoped
public class PresentRegisters {

  private static final int FETCH = 500;

  private final Database database;

  /** For the client proxy only. */
  protected PresentRegisters() {
    this(null);
  }

  @Inject
  public PresentRegisters(Database database) {
    this.database = database;
  }

  /**
   * One register.
   *
   * @param occurredAt of a minimum or maximum; null for other registers
   * @param readAt our time of the reading
   */
  public record PresentRegister(
      ObisCode obis, Quantity quantity, Instant occurredAt, Instant readAt) {}

  /** In the order of the model's table. */
  public List<PresentRegister> of(int meterId) {
    return database.query(
        """
        select obis, value, unit, occurred_at, read_at
          from present_register where meter_id = ? order by position""",
        PresentRegisters::register,
        meterId);
  }

  /** A register of one of many meters. */
  public record OfMeter(String serialNumber, PresentRegister register) {}

  /**
   * Those of the members of a group, one at a time, by serial number and then in the order of the
   * model's table; for exports of any size.
   */
  public void ofGroup(int groupId, Consumer<OfMeter> consumer) {
    database.inTransaction(
        connection -> {
          try (var statement =
              Database.prepare(
                  connection,
                  """
                  select m.serial_number, r.obis, r.value, r.unit, r.occurred_at, r.read_at
                    from meter_group_member g join meter m on m.id = g.meter_id
                    join present_register r on r.meter_id = m.id
                   where g.group_id = ? and not g.leaving
                   order by m.serial_number, r.position, r.obis""",
                  groupId)) {
            statement.setFetchSize(FETCH); // with auto-commit off the driver then uses a cursor
            var rows = statement.executeQuery();
            while (rows.next()) {
              consumer.accept(new OfMeter(rows.getString("serial_number"), register(rows)));
            }
          }
          return null;
        });
  }

  private static PresentRegister register(ResultSet row) throws SQLException {
    return new PresentRegister(
        ObisCode.of(row.getString("obis")),
        new Quantity(row.getBigDecimal("value"), Unit.ofSymbol(row.getString("unit"))),
        Database.instant(row, "occurred_at"),
        Database.instant(row, "read_at"));
  }
}
