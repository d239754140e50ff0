package org.meterledger.web.meters;

import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import org.apache.commons.csv.CSVPrinter;
import org.meterledger.meter.MeterFilter;
import org.meterledger.meter.MeterOrder;
import org.meterledger.meter.MeterRow;
import org.meterledger.meter.Meters;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.IsoTimes;

/** The list of meters as CSV, fetched in blocks. */
record MeterTable(Meters meters, MeterFilter filter, MeterOrder order, boolean ascending) {

  private static final int BLOCK = 1000;

  void write(OutputStream out) throws IOException {
    var printer = Csv.printer(out);
    printer.printRecord(
        "serial_number",
        "alias",
        "model",
        "address",
        "metering_point",
        "time_zone",
        "condition",
        "watched",
        "last_contact_at",
        "last_reading_at",
        "fault",
        "clock_drift_ms",
        "firmware");
    int first = 0;
    var block = meters.exportable(filter, order, ascending, first, BLOCK);
    while (!block.isEmpty()) {
      for (MeterRow row : block) {
        print(printer, row);
      }
      first += BLOCK;
      block = meters.exportable(filter, order, ascending, first, BLOCK);
    }
    printer.flush();
  }

  private static void print(CSVPrinter printer, MeterRow row) throws IOException {
    var times = new IsoTimes(ZoneId.of(row.timeZone()));
    printer.printRecord(
        Csv.text(row.serialNumber()),
        Csv.text(row.alias()),
        row.model(),
        Csv.text(row.address()),
        Csv.text(row.meteringPoint()),
        Csv.text(row.timeZone()),
        row.condition(),
        row.watched(),
        row.lastContactAt() == null ? null : times.format(row.lastContactAt()),
        row.lastReadingAt() == null ? null : times.format(row.lastReadingAt()),
        row.fault(),
        row.clockDrift() == null ? null : row.clockDrift().toMillis(),
        Csv.text(row.firmware()));
  }
}
