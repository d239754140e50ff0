package org.meterledger.web.meter;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVPrinter;
import org.meterledger.archive.ArchivedSnapshot;
import org.meterledger.archive.BillingSnapshots.OfMeter;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.IsoTimes;

/**
 * Writes previous values or demand, a value a line, in constant memory. An end of period of which
 * no value is archived has a line without one.
 *
 * @param snapshots gives them one after the other
 * @param zone null for each meter's own
 * @param registers empty for all
 */
record SnapshotExport(Source snapshots, ZoneId zone, Set<ObisCode> registers) {

  /** Where they come from. */
  interface Source {
    void each(Consumer<OfMeter> consumer);
  }

  /** The end of the name that a browser gives it. */
  static String file(SnapshotKind kind, boolean versions) {
    var name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return versions ? name + "-versions" : name;
  }

  void csv(OutputStream out) throws IOException {
    var printer = Csv.printer(out);
    printer.printRecord(
        "serial_number",
        "closed_at",
        "occurrence",
        "period",
        "status",
        "obis",
        "value",
        "unit",
        "occurred_at",
        "read_at",
        "superseded_at");
    snapshots.each(each -> print(printer, each));
    printer.flush();
  }

  private void print(CSVPrinter printer, OfMeter each) {
    var times = times(each);
    var values = wanted(each.snapshot());
    try {
      if (values.isEmpty()) {
        print(printer, each, times, null);
      }
      for (var value : values) {
        print(printer, each, times, value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void print(CSVPrinter printer, OfMeter of, IsoTimes times, RegisterValue value)
      throws IOException {
    var snapshot = of.snapshot();
    printer.printRecord(
        Csv.text(of.serialNumber()),
        times.format(snapshot.closedAt()),
        snapshot.occurrence(),
        snapshot.period(),
        RowStatus.of(snapshot.flags()).stream().map(Enum::name).collect(Collectors.joining(" ")),
        value == null ? null : value.obis(),
        value == null ? null : value.quantity().value().toPlainString(),
        value == null ? null : value.quantity().unit().symbol(),
        value == null ? null : format(times, value.occurredAt()),
        times.format(snapshot.readAt()),
        format(times, snapshot.supersededAt()));
  }

  void json(OutputStream out) {
    var json = Json.createGenerator(out);
    json.writeStartObject().writeStartArray("snapshots");
    snapshots.each(each -> write(json, each));
    json.writeEnd().writeEnd();
    json.flush();
  }

  private void write(JsonGenerator json, OfMeter of) {
    var times = times(of);
    var snapshot = of.snapshot();
    json.writeStartObject()
        .write("serialNumber", of.serialNumber())
        .write("closedAt", times.format(snapshot.closedAt()))
        .write("occurrence", snapshot.occurrence());
    if (snapshot.period() != null) {
      json.write("period", snapshot.period().toString());
    }
    if (snapshot.flags() != 0) {
      json.writeStartArray("status");
      RowStatus.of(snapshot.flags()).forEach(flag -> json.write(flag.name()));
      json.writeEnd();
    }
    json.write("readAt", times.format(snapshot.readAt()));
    if (snapshot.supersededAt() != null) {
      json.write("supersededAt", times.format(snapshot.supersededAt()));
    }
    json.writeStartArray("values");
    for (var value : wanted(snapshot)) {
      json.writeStartObject()
          .write("obis", value.obis().toString())
          .write("value", value.quantity().value())
          .write("unit", value.quantity().unit().symbol());
      if (value.occurredAt() != null) {
        json.write("occurredAt", times.format(value.occurredAt()));
      }
      json.writeEnd();
    }
    json.writeEnd().writeEnd();
  }

  private IsoTimes times(OfMeter of) {
    return new IsoTimes(zone == null ? ZoneId.of(of.timeZone()) : zone);
  }

  private List<RegisterValue> wanted(ArchivedSnapshot snapshot) {
    return snapshot.values().stream()
        .filter(value -> registers.isEmpty() || registers.contains(value.obis()))
        .toList();
  }

  private static String format(IsoTimes times, Instant at) {
    return at == null ? null : times.format(at);
  }
}
