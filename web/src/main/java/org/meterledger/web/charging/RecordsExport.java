package org.meterledger.web.charging;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVPrinter;
import org.meterledger.charging.JudgedRecord;
import org.meterledger.charging.OcmfReading;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.IsoTimes;

/**
 * Writes signed records with their verdicts, or the readings in them, in constant memory.
 *
 * @param records gives them one after the other
 */
record RecordsExport(Source records, String serialNumber, IsoTimes times) {

  /** Where they come from. */
  interface Source {
    void each(Consumer<JudgedRecord> consumer);
  }

  /** Writes the rows of one record. */
  private interface Rows {
    void print(CSVPrinter printer, JudgedRecord record) throws IOException;
  }

  void csv(OutputStream out) throws IOException {
    var printer = Csv.printer(out);
    printer.printRecord(
        "serial_number",
        "sha256",
        "pagination",
        "progressive",
        "made_at",
        "received_at",
        "verdict",
        "reason",
        "reason_values",
        "intact",
        "rolled_over",
        "key_fingerprint",
        "record");
    each(printer, this::print);
  }

  void readingsCsv(OutputStream out) throws IOException {
    var printer = Csv.printer(out);
    printer.printRecord(
        "serial_number",
        "sha256",
        "pagination",
        "reading",
        "at",
        "time",
        "time_status",
        "transaction",
        "obis",
        "value",
        "unit",
        "current_type",
        "error_flags",
        "status",
        "verdict");
    each(printer, this::printReadings);
  }

  private void each(CSVPrinter printer, Rows rows) throws IOException {
    records.each(
        record -> {
          try {
            rows.print(printer, record);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    printer.flush();
  }

  private void print(CSVPrinter printer, JudgedRecord judged) throws IOException {
    var archived = judged.archived();
    var verdict = judged.verdict();
    printer.printRecord(
        Csv.text(serialNumber),
        archived.digest().hex(),
        Csv.text(archived.pagination()),
        archived.progressive(),
        time(archived.madeAt()),
        times.format(archived.receivedAt()),
        verdict.result(),
        verdict.reason(),
        Csv.text(String.join("; ", verdict.values())),
        archived.intact(),
        archived.rolledOver(),
        judged.key() == null ? null : judged.key().key().fingerprint(),
        Csv.text(archived.text()));
  }

  private void printReadings(CSVPrinter printer, JudgedRecord judged) throws IOException {
    if (judged.read() == null) {
      return;
    }
    int number = 1;
    for (var reading : judged.read().readings()) {
      printer.printRecord(
          Csv.text(serialNumber),
          judged.archived().digest().hex(),
          Csv.text(judged.archived().pagination()),
          number++,
          reading.time() == null ? null : times.format(reading.time().toInstant()),
          Csv.text(reading.timeText()),
          reading.timeStatus(),
          reading.transaction(),
          Csv.text(reading.identification()),
          reading.value() == null ? null : reading.value().toPlainString(),
          Csv.text(reading.unit()),
          Csv.text(reading.currentType()),
          Csv.text(reading.errorFlags()),
          Csv.text(reading.status()),
          judged.verdict().result());
    }
  }

  void json(OutputStream out, ListPart part) {
    each(out, part, "records", this::write);
  }

  /**
   * @param part of the records that have them
   */
  void readingsJson(OutputStream out, ListPart part) {
    each(out, part, "readings", this::writeReadings);
  }

  /** A single one. */
  void json(OutputStream out, JudgedRecord judged) {
    var json = Json.createGenerator(out);
    write(json, judged);
    json.flush();
  }

  /** Writes what stands in the array of one record. */
  private interface Items {
    void write(JsonGenerator json, JudgedRecord record);
  }

  private void each(OutputStream out, ListPart part, String name, Items items) {
    var json = Json.createGenerator(out);
    json.writeStartObject().write("serialNumber", serialNumber);
    part.write(json);
    json.writeStartArray(name);
    records.each(record -> items.write(json, record));
    json.writeEnd().writeEnd();
    json.flush();
  }

  private void write(JsonGenerator json, JudgedRecord judged) {
    var archived = judged.archived();
    json.writeStartObject().write("sha256", archived.digest().hex());
    text(json, "pagination", archived.pagination());
    if (archived.progressive() != null) {
      json.write("progressive", archived.progressive());
    }
    text(json, "madeAt", time(archived.madeAt()));
    json.write("receivedAt", times.format(archived.receivedAt()))
        .write("verdict", judged.verdict().result().name())
        .write("reason", judged.verdict().reason().name())
        .writeStartArray("reasonValues");
    judged.verdict().values().forEach(json::write);
    json.writeEnd().write("intact", archived.intact());
    if (archived.rolledOver() != null) {
      json.write("rolledOver", archived.rolledOver());
    }
    if (judged.key() != null) {
      json.write("keyFingerprint", judged.key().key().fingerprint());
    }
    json.write("record", archived.text()).writeEnd();
  }

  private void writeReadings(JsonGenerator json, JudgedRecord judged) {
    if (judged.read() == null) {
      return;
    }
    int number = 1;
    for (var reading : judged.read().readings()) {
      json.writeStartObject().write("sha256", judged.archived().digest().hex());
      text(json, "pagination", judged.archived().pagination());
      json.write("reading", number++);
      write(json, reading);
      json.write("verdict", judged.verdict().result().name()).writeEnd();
    }
  }

  private void write(JsonGenerator json, OcmfReading reading) {
    if (reading.time() != null) {
      json.write("at", times.format(reading.time().toInstant()));
    }
    text(json, "time", reading.timeText());
    text(json, "timeStatus", reading.timeStatus() == null ? null : reading.timeStatus().name());
    text(json, "transaction", reading.transaction() == null ? null : reading.transaction().name());
    text(json, "obis", reading.identification());
    if (reading.value() != null) {
      json.write("value", reading.value());
    }
    text(json, "unit", reading.unit());
    text(json, "currentType", reading.currentType());
    text(json, "errorFlags", reading.errorFlags());
    text(json, "status", reading.status());
  }

  /** Null where the record tells no time. */
  private String time(Instant madeAt) {
    return madeAt.equals(Instant.EPOCH) ? null : times.format(madeAt);
  }

  private static void text(JsonGenerator json, String name, String text) {
    if (text != null) {
      json.write(name, text);
    }
  }
}
