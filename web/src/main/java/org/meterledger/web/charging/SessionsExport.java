package org.meterledger.web.charging;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meterledger.charging.ChargingSession;
import org.meterledger.charging.ChargingSessions.Listed;
import org.meterledger.charging.OcmfReading;
import org.meterledger.charging.OcmfRecord;
import org.meterledger.charging.RecordDigest;
import org.meterledger.charging.SessionEnergy;
import org.meterledger.charging.SessionFinding;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.IsoTimes;

/** Writes charging sessions: begin, end, energies with their digits, and what is to be known. */
record SessionsExport(List<Listed> sessions, String serialNumber, IsoTimes times) {

  void csv(OutputStream out) throws IOException {
    var printer = Csv.printer(out);
    printer.printRecord(
        "serial_number",
        "number",
        "begin",
        "end",
        "identification",
        "import",
        "import_unit",
        "export",
        "export_unit",
        "verdict",
        "findings",
        "records");
    for (var each : sessions) {
      var session = each.session();
      var imported = session.importEnergy();
      var exported = session.exportEnergy();
      printer.printRecord(
          Csv.text(serialNumber),
          Csv.text(session.number()),
          time(session.begin()),
          time(session.end()),
          Csv.text(identification(session)),
          plain(imported),
          Csv.text(imported.map(SessionEnergy::unit).orElse(null)),
          plain(exported),
          Csv.text(exported.map(SessionEnergy::unit).orElse(null)),
          session.result(),
          Csv.text(
              session.findings().stream()
                  .map(SessionsExport::text)
                  .collect(Collectors.joining("; "))),
          each.digests().stream().map(RecordDigest::hex).collect(Collectors.joining(" ")));
    }
    printer.flush();
  }

  private static String text(SessionFinding finding) {
    return finding.record()
        + " "
        + finding.code()
        + (finding.values().isEmpty() ? "" : " " + String.join(" ", finding.values()));
  }

  private static String plain(Optional<SessionEnergy> of) {
    return of.map(SessionEnergy::energy).map(BigDecimal::toPlainString).orElse(null);
  }

  private static String identification(ChargingSession session) {
    return session.identification().map(OcmfRecord.Identification::data).orElse(null);
  }

  /** Null where there is none, or none that can be read. */
  private String time(OcmfReading reading) {
    return reading == null || reading.time() == null
        ? null
        : times.format(reading.time().toInstant());
  }

  void json(OutputStream out, ListPart part) {
    var json = Json.createGenerator(out);
    json.writeStartObject().write("serialNumber", serialNumber);
    part.write(json);
    json.writeStartArray("sessions");
    part.of(sessions).forEach(each -> write(json, each));
    json.writeEnd().writeEnd();
    json.flush();
  }

  private void write(JsonGenerator json, Listed each) {
    var session = each.session();
    json.writeStartObject().write("number", session.number());
    text(json, "begin", time(session.begin()));
    text(json, "end", time(session.end()));
    json.write("ended", session.ended());
    text(json, "identification", identification(session));
    json.write("verdict", session.result().name()).writeStartArray("energies");
    session.energies().forEach(energy -> write(json, energy));
    json.writeEnd().writeStartArray("findings");
    for (var finding : session.findings()) {
      json.writeStartObject()
          .write("code", finding.code().name())
          .write("record", finding.record())
          .writeStartArray("values");
      finding.values().forEach(json::write);
      json.writeEnd().writeEnd();
    }
    json.writeEnd().writeStartArray("records");
    each.digests().forEach(digest -> json.write(digest.hex()));
    json.writeEnd().writeEnd();
  }

  private static void write(JsonGenerator json, SessionEnergy energy) {
    json.writeStartObject()
        .write("obis", energy.identification())
        .write("direction", energy.register().imported() ? "IMPORT" : "EXPORT")
        .write("ofSession", energy.register().ofSession());
    number(json, "begin", energy.begin());
    number(json, "end", energy.end());
    number(json, "energy", energy.energy());
    text(json, "unit", energy.unit());
    json.writeEnd();
  }

  private static void number(JsonGenerator json, String name, BigDecimal number) {
    if (number != null) {
      json.write(name, number);
    }
  }

  private static void text(JsonGenerator json, String name, String text) {
    if (text != null) {
      json.write(name, text);
    }
  }
}
