package org.meterledger.web.meter;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.stream.Collectors;
import org.meterledger.archive.IntervalRows;
import org.meterledger.archive.LoadProfiles;
import org.meterledger.archive.RowsQuery;
import org.meterledger.archive.Values;
import org.meterledger.meter.Meter;
import org.meterledger.metering.Interval;
import org.meterledger.metering.RowStatus;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Decimals;
import org.meterledger.web.api.IsoTimes;

/** Writes the rows of a load profile in constant memory. */
final class ProfileExport {

  private final String serialNumber;
  private final Interval interval;
  private final ZoneId zone;
  private final Values values;
  private final RowsQuery query;
  private final IsoTimes times;
  private final String[] flagNames = new String[1 << RowStatus.values().length];

  /**
   * @param query null while nothing is archived
   */
  ProfileExport(Meter meter, ProfileRequest request, RowsQuery query) {
    this.serialNumber = meter.getSerialNumber();
    this.interval = request.interval(meter);
    this.zone = request.zone(meter);
    this.values = request.values();
    this.query = query;
    this.times = new IsoTimes(zone);
  }

  void csv(LoadProfiles profiles, OutputStream out) throws IOException {
    var printer = Csv.printer(out);
    printer.print("period_end");
    printer.print("sequence");
    printer.print("status");
    if (query == null) {
      printer.println();
    } else {
      try (var rows = profiles.rows(query)) {
        for (int i = 0; i < columns(); i++) {
          printer.print(obis(i) + " [" + rows.unit(i).symbol() + "]");
        }
        printer.println();
        var cell = new StringBuilder();
        while (rows.next()) {
          cell.setLength(0);
          printer.print(times.append(cell, rows.periodEnd()));
          printer.print(rows.sequence());
          printer.print(flags(rows.flags()));
          for (int i = 0; i < columns(); i++) {
            cell.setLength(0);
            printer.print(
                rows.missing(i) ? null : Decimals.append(cell, rows.value(i), rows.scaler(i)));
          }
          printer.println();
        }
      }
    }
    printer.flush();
  }

  void json(LoadProfiles profiles, OutputStream out) throws IOException {
    var json = Json.createGenerator(out);
    json.writeStartObject()
        .write("serialNumber", serialNumber)
        .write("from", times.format(interval.from()))
        .write("to", times.format(interval.to()))
        .write("zone", zone.getId())
        .write("values", ProfileRequest.name(values));
    if (query == null) {
      json.writeStartArray("channels").writeEnd().writeStartArray("rows").writeEnd();
    } else {
      try (var rows = profiles.rows(query)) {
        profile(json, rows);
        json.writeStartArray("rows");
        while (rows.next()) {
          row(json, rows);
        }
        json.writeEnd();
      }
    }
    json.writeEnd();
    json.flush();
  }

  private void profile(JsonGenerator json, IntervalRows rows) {
    json.write("profile", query.profile().obis().toString());
    if (query.profile().capturePeriod() != null) {
      json.write("capturePeriodSeconds", query.profile().capturePeriod().toSeconds());
    }
    json.writeStartArray("channels");
    for (int i = 0; i < columns(); i++) {
      json.writeStartObject()
          .write("obis", obis(i))
          .write("unit", rows.unit(i).symbol())
          .writeEnd();
    }
    json.writeEnd();
  }

  private void row(JsonGenerator json, IntervalRows rows) {
    json.writeStartObject()
        .write("periodEnd", times.format(rows.periodEnd()))
        .write("sequence", rows.sequence());
    if (rows.flags() != 0) {
      json.writeStartArray("status");
      RowStatus.of(rows.flags()).forEach(flag -> json.write(flag.name()));
      json.writeEnd();
    }
    json.writeStartArray("values");
    for (int i = 0; i < columns(); i++) {
      if (rows.missing(i)) {
        json.writeNull();
      } else {
        json.write(Decimals.of(rows.value(i), rows.scaler(i)));
      }
    }
    json.writeEnd().writeEnd();
  }

  private int columns() {
    return query.channels().size();
  }

  private String obis(int channel) {
    return query.channels().get(channel).channel().obis().toString();
  }

  private String flags(int bits) {
    if (flagNames[bits] == null) {
      flagNames[bits] =
          RowStatus.of(bits).stream().map(Enum::name).collect(Collectors.joining(" "));
    }
    return flagNames[bits];
  }
}
