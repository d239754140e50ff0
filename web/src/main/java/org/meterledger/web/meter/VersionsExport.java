package org.meterledger.web.meter;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVPrinter;
import org.meterledger.archive.LoadProfiles;
import org.meterledger.archive.ProfileCatalog.ArchivedChannel;
import org.meterledger.archive.RowVersion;
import org.meterledger.archive.RowsQuery;
import org.meterledger.metering.RowStatus;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Decimals;
import org.meterledger.web.api.IsoTimes;

/** Writes the versions of rows that were superseded, in constant memory. */
final class VersionsExport {

  private final String serialNumber;
  private final RowsQuery query;
  private final IsoTimes times;
  private final List<ArchivedChannel> channels;

  /**
   * @param query null while nothing is archived
   */
  VersionsExport(String serialNumber, ZoneId zone, RowsQuery query) {
    this.serialNumber = serialNumber;
    this.query = query;
    this.times = new IsoTimes(zone);
    this.channels = query == null ? List.of() : query.channels();
  }

  void csv(LoadProfiles profiles, OutputStream out) throws IOException {
    var printer = Csv.printer(out);
    printer.print("period_end");
    printer.print("sequence");
    printer.print("superseded_at");
    printer.print("status");
    for (var each : channels) {
      var channel = each.channel();
      printer.print(channel.obis() + " [" + channel.unit().symbol() + "]");
    }
    printer.println();
    if (query != null) {
      profiles.versions(query, version -> print(printer, version));
    }
    printer.flush();
  }

  private void print(CSVPrinter printer, RowVersion version) {
    try {
      printer.print(times.format(version.periodEnd()));
      printer.print(version.sequence());
      printer.print(version.supersededAt() == null ? null : times.format(version.supersededAt()));
      printer.print(
          RowStatus.of(version.flags()).stream().map(Enum::name).collect(Collectors.joining(" ")));
      for (int i = 0; i < channels.size(); i++) {
        var value = version.values()[i];
        int scaler = channels.get(i).channel().scaler();
        printer.print(value == null ? null : Decimals.append(new StringBuilder(), value, scaler));
      }
      printer.println();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void json(LoadProfiles profiles, OutputStream out) {
    var json = Json.createGenerator(out);
    json.writeStartObject().write("serialNumber", serialNumber).writeStartArray("channels");
    for (var each : channels) {
      json.writeStartObject()
          .write("obis", each.channel().obis().toString())
          .write("unit", each.channel().unit().symbol())
          .writeEnd();
    }
    json.writeEnd().writeStartArray("versions");
    if (query != null) {
      profiles.versions(query, version -> write(json, version));
    }
    json.writeEnd().writeEnd();
    json.flush();
  }

  private void write(JsonGenerator json, RowVersion version) {
    json.writeStartObject()
        .write("periodEnd", times.format(version.periodEnd()))
        .write("sequence", version.sequence());
    if (version.supersededAt() == null) {
      json.writeNull("supersededAt");
    } else {
      json.write("supersededAt", times.format(version.supersededAt()));
    }
    if (version.flags() != 0) {
      json.writeStartArray("status");
      RowStatus.of(version.flags()).forEach(flag -> json.write(flag.name()));
      json.writeEnd();
    }
    json.writeStartArray("values");
    for (int i = 0; i < channels.size(); i++) {
      var value = version.values()[i];
      if (value == null) {
        json.writeNull();
      } else {
        json.write(Decimals.of(value, channels.get(i).channel().scaler()));
      }
    }
    json.writeEnd().writeEnd();
  }
}
