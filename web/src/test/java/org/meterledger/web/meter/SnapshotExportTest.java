package org.meterledger.web.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meterledger.archive.ArchivedSnapshot;
import org.meterledger.archive.BillingSnapshots.OfMeter;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.Unit;

/** Exports of previous values and demand, to the byte. */
class SnapshotExportTest {

  private static final String HEADER =
      "serial_number,closed_at,occurrence,period,status,obis,value,unit,occurred_at,read_at,"
          + "superseded_at\r\n";

  private static final ObisCode IMPORT = ObisCode.of("1-0:1.8.0");
  private static final ObisCode HIGHEST = ObisCode.of("1-0:1.6.0");
  private static final Instant READ = Instant.parse("2026-11-01T06:00:00Z");

  private final List<OfMeter> archived =
      List.of(
          new OfMeter(
              "=ABB_8",
              "Europe/Zurich",
              new ArchivedSnapshot(
                  Instant.parse("2026-10-24T22:00:00Z"),
                  0,
                  Period.ofDays(1),
                  RowStatus.POWER_DOWN.bit() | RowStatus.CLOCK_INVALID.bit(),
                  List.of(
                      value(IMPORT, "1271310.000", Unit.WATT_HOUR, null),
                      value(HIGHEST, "-5", Unit.WATT, "2026-10-24T10:15:00Z")),
                  READ,
                  READ.plusSeconds(60))),
          new OfMeter(
              "ABB_9",
              "UTC",
              new ArchivedSnapshot(
                  Instant.parse("2026-10-26T00:00:00Z"), 1, null, 0, List.of(), READ, null)));

  private static RegisterValue value(ObisCode obis, String value, Unit unit, String at) {
    return new RegisterValue(
        obis, new Quantity(new BigDecimal(value), unit), at == null ? null : Instant.parse(at));
  }

  private SnapshotExport export(ZoneId zone, ObisCode... registers) {
    return new SnapshotExport(archived::forEach, zone, Set.of(registers));
  }

  private static String csv(SnapshotExport export) throws IOException {
    var out = new ByteArrayOutputStream();
    export.csv(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aTableHasAValueALineAndTellsWhatHasNone() throws IOException {
    assertThat(csv(export(null)))
        .isEqualTo(
            HEADER
                + "'=ABB_8,2026-10-25T00:00:00+02:00,0,P1D,CLOCK_INVALID POWER_DOWN,"
                + "1-0:1.8.0*255,1271310.000,Wh,,2026-11-01T07:00:00+01:00,"
                + "2026-11-01T07:01:00+01:00\r\n"
                + "'=ABB_8,2026-10-25T00:00:00+02:00,0,P1D,CLOCK_INVALID POWER_DOWN,"
                + "1-0:1.6.0*255,-5,W,2026-10-24T12:15:00+02:00,2026-11-01T07:00:00+01:00,"
                + "2026-11-01T07:01:00+01:00\r\n"
                + "ABB_9,2026-10-26T00:00:00Z,1,,,,,,,2026-11-01T06:00:00Z,\r\n");
  }

  @Test
  void onlyRegistersThatAreAskedForInTheZoneThatIsAskedFor() throws IOException {
    assertThat(csv(export(ZoneId.of("UTC"), HIGHEST)))
        .isEqualTo(
            HEADER
                + "'=ABB_8,2026-10-24T22:00:00Z,0,P1D,CLOCK_INVALID POWER_DOWN,1-0:1.6.0*255,-5,W,"
                + "2026-10-24T10:15:00Z,2026-11-01T06:00:00Z,2026-11-01T06:01:00Z\r\n"
                + "ABB_9,2026-10-26T00:00:00Z,1,,,,,,,2026-11-01T06:00:00Z,\r\n");
  }

  @Test
  void jsonSaysTheSame() {
    var out = new ByteArrayOutputStream();
    export(null).json(out);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"snapshots\":[{\"serialNumber\":\"=ABB_8\","
                + "\"closedAt\":\"2026-10-25T00:00:00+02:00\",\"occurrence\":0,\"period\":\"P1D\","
                + "\"status\":[\"CLOCK_INVALID\",\"POWER_DOWN\"],"
                + "\"readAt\":\"2026-11-01T07:00:00+01:00\","
                + "\"supersededAt\":\"2026-11-01T07:01:00+01:00\",\"values\":["
                + "{\"obis\":\"1-0:1.8.0*255\",\"value\":1271310.000,\"unit\":\"Wh\"},"
                + "{\"obis\":\"1-0:1.6.0*255\",\"value\":-5,\"unit\":\"W\","
                + "\"occurredAt\":\"2026-10-24T12:15:00+02:00\"}]},"
                + "{\"serialNumber\":\"ABB_9\",\"closedAt\":\"2026-10-26T00:00:00Z\","
                + "\"occurrence\":1,\"readAt\":\"2026-11-01T06:00:00Z\",\"values\":[]}]}");
  }
}
