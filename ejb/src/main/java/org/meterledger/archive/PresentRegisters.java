package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.Unit;
import org.meterledger.server.Database;

/** The present values of meters, as last read. */
@ApplicationScoped
public class PresentRegisters {

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
        row ->
            new PresentRegister(
                ObisCode.of(row.getString("obis")),
                new Quantity(row.getBigDecimal("value"), Unit.ofSymbol(row.getString("unit"))),
                Database.instant(row, "occurred_at"),
                Database.instant(row, "read_at")),
        meterId);
  }
}
