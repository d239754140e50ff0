package org.meterledger.web.charging;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.charging.ChargingKeys;
import org.meterledger.charging.ChargingRecords;
import org.meterledger.charging.ChargingSessions;
import org.meterledger.charging.JudgedRecord;
import org.meterledger.charging.MeterKeys;
import org.meterledger.charging.RecordDigest;
import org.meterledger.charging.TransparencyXml;
import org.meterledger.meter.Meter;
import org.meterledger.meter.Meters;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Exports;
import org.meterledger.web.api.IsoTimes;
import org.meterledger.web.api.Refused;

/** Signed records of a meter, what they are worth, and the sessions that they make. */
@Path("meters/{serial}/charging")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Tag(name = "Charging")
public class ChargingResource {

  private static final String JSON = MediaType.APPLICATION_JSON + ";qs=1";
  private static final String TABLE = Csv.MEDIA_TYPE + ";qs=0.9";
  private static final String PLAIN = "text/plain";
  private static final String XML = "application/xml";
  private static final int MOST_IN_FILE = 100;

  @Inject private Exports exports;
  @Inject private Meters meters;
  @Inject private ChargingRecords records;
  @Inject private ChargingKeys keys;
  @Inject private ChargingSessions sessions;

  @PathParam("serial")
  private String serial;

  @GET
  @Path("records")
  @Produces({JSON, TABLE})
  @Operation(
      summary = "Signed records with their verdicts, oldest first: a page in JSON, all as a table",
      description =
          "The verdict is reached anew each time, by the key that is registered for the time of the"
              + " record. intact is false where the archived text is not the one that came;"
              + " rolledOver, where the meter told it, whether its display began again at zero.")
  public Response records(@BeanParam @Valid ChargingRequest asked) {
    var meter = meters.get(serial);
    if (asked.table()) {
      return exports.csv(meter, "charging-records", all(meter, asked)::csv);
    }
    var part = part(meter, asked);
    var export = export(meter, asked, part);
    return exports.json(meter, "charging-records", out -> export.json(out, part));
  }

  @GET
  @Path("readings")
  @Produces({JSON, TABLE})
  @Operation(
      summary =
          "The readings in the signed records, oldest first: those of a page of records in JSON,"
              + " all as a table",
      description = "first, max and total count records: each tells all its readings.")
  public Response readings(@BeanParam @Valid ChargingRequest asked) {
    var meter = meters.get(serial);
    if (asked.table()) {
      return exports.csv(meter, "charging-readings", all(meter, asked)::readingsCsv);
    }
    var part = part(meter, asked);
    var export = export(meter, asked, part);
    return exports.json(meter, "charging-readings", out -> export.readingsJson(out, part));
  }

  private ListPart part(Meter meter, ChargingRequest asked) {
    var span = asked.of(meter);
    return asked.part(records.count(meter.getId(), span.from(), span.to()));
  }

  private RecordsExport export(Meter meter, ChargingRequest asked, ListPart part) {
    var span = asked.of(meter);
    var known = keys.of(meter.getId());
    return new RecordsExport(
        (Consumer<JudgedRecord> consumer) ->
            records
                .made(meter.getId(), span.from(), span.to(), part.first(), part.max())
                .forEach(each -> consumer.accept(known.judge(each, serial))),
        serial,
        span.times());
  }

  private RecordsExport all(Meter meter, ChargingRequest asked) {
    var span = asked.of(meter);
    var known = keys.of(meter.getId());
    return new RecordsExport(
        (Consumer<JudgedRecord> consumer) ->
            records.each(
                meter.getId(),
                span.from(),
                span.to(),
                each -> consumer.accept(known.judge(each, serial))),
        serial,
        span.times());
  }

  @GET
  @Path("sessions")
  @Produces({JSON, TABLE})
  @Operation(
      summary =
          "Charging sessions that the records make, oldest first: a page in JSON, all as a table",
      description =
          "A session belongs to the time of its first record. records are the digests of its"
              + " records; findings what somebody who bills must know.")
  public Response sessions(@BeanParam @Valid ChargingRequest asked) {
    var meter = meters.get(serial);
    var span = asked.of(meter);
    var begun =
        sessions.begun(meter.getId(), serial, keys.of(meter.getId()), span.from(), span.to());
    var export = new SessionsExport(begun, serial, span.times());
    return asked.table()
        ? exports.csv(meter, "charging-sessions", export::csv)
        : exports.json(
            meter, "charging-sessions", out -> export.json(out, asked.part(begun.size())));
  }

  @GET
  @Path("records/{sha256}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "One record with its verdict")
  public Response record(@PathParam("sha256") String sha256) {
    var meter = meters.get(serial);
    var judged = find(meter, keys.of(meter.getId()), sha256);
    var export = new RecordsExport(consumer -> {}, serial, new IsoTimes(meter.getTimeZone()));
    return exports.json(meter, "charging-record", out -> export.json(out, judged));
  }

  @GET
  @Path("records/{sha256}/ocmf")
  @Produces(PLAIN)
  @Operation(summary = "One record byte for byte as it was signed")
  public Response ocmf(@PathParam("sha256") String sha256) {
    var meter = meters.get(serial);
    var archived = find(meter, keys.of(meter.getId()), sha256).archived();
    var name = "charging-" + (archived.pagination() == null ? "record" : archived.pagination());
    return exports.file(
        meter,
        name + ".ocmf",
        "OCMF",
        PLAIN + ";charset=UTF-8",
        out -> out.write(archived.bytes()));
  }

  @GET
  @Path("transparency-file")
  @Produces(XML)
  @Operation(
      summary = "Records with their keys, as transparency software opens them",
      description = "The records of a session belong into one file.")
  public Response transparencyFile(
      @QueryParam("records")
          @Parameter(description = "digests with commas between, at most 100", required = true)
          String digests) {
    var meter = meters.get(serial);
    var known = keys.of(meter.getId());
    var entries = new ArrayList<TransparencyXml.Entry>();
    for (var digest : asked(digests)) {
      entries.add(entry(find(meter, known, digest)));
    }
    var xml = TransparencyXml.of(entries).getBytes(StandardCharsets.UTF_8);
    return exports.file(meter, "charging.xml", "XML", XML, out -> out.write(xml));
  }

  private static List<String> asked(String digests) {
    var all = digests == null || digests.isBlank() ? List.<String>of() : split(digests);
    if (all.isEmpty() || all.size() > MOST_IN_FILE) {
      throw Refused.field("records", "size", "1 to " + MOST_IN_FILE + " digests");
    }
    return all;
  }

  private static List<String> split(String digests) {
    return List.of(digests.strip().split("\\s*,\\s*", -1));
  }

  /** All under one number: who asks for records together means one session. */
  private static TransparencyXml.Entry entry(JudgedRecord judged) {
    if (judged.read() == null) {
      throw Refused.field(
          "records", "ocmf", judged.archived().digest().hex() + " is no record that can be read");
    }
    var key = judged.key() == null ? null : judged.key().key();
    return TransparencyXml.Entry.of(0, judged.read(), key);
  }

  private JudgedRecord find(Meter meter, MeterKeys known, String sha256) {
    RecordDigest digest;
    try {
      digest = new RecordDigest(sha256);
    } catch (IllegalArgumentException e) {
      throw Refused.field("sha256", "pattern", "64 hexadecimal digits in small letters");
    }
    return records
        .find(meter.getId(), digest)
        .map(each -> known.judge(each, serial))
        .orElseThrow(() -> Refused.notFound("Meter " + serial + " has no such record"));
  }
}
