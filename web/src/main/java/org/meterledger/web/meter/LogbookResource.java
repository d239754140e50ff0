package org.meterledger.web.meter;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.logbook.LogbookFilter;
import org.meterledger.logbook.LogbookLine;
import org.meterledger.logbook.Logbooks;
import org.meterledger.meter.Meter;
import org.meterledger.meter.Meters;
import org.meterledger.user.Accounts;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Exports;
import org.meterledger.web.api.IsoTimes;
import org.meterledger.web.api.Range;
import org.meterledger.web.api.Refused;

/** What a meter and the portal noted. */
@Path("meters/{serial}/logbook")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Tag(name = "Logbook")
public class LogbookResource {

  @Inject private Exports exports;
  @Inject private Meters meters;
  @Inject private Logbooks logbooks;

  @PathParam("serial")
  private String serial;

  @QueryParam("from")
  @Parameter(description = "time with offset, or date in the zone; from the first line without")
  private String from;

  @QueryParam("to")
  @Parameter(description = "time with offset, or date in the zone; to the last line without")
  private String to;

  @QueryParam("logbook")
  @Parameter(description = "OBIS code of one logbook; all without")
  private String logbook;

  @QueryParam("zone")
  @Parameter(description = "IANA time zone of the answer; that of the meter without")
  private String zone;

  @QueryParam("language")
  @Parameter(description = "of the meanings: en (default) or de")
  private String language;

  @GET
  @Produces(MediaType.APPLICATION_JSON + ";qs=1")
  @Operation(summary = "Lines, oldest first")
  public Response json() {
    var meter = meters.get(serial);
    var filter = filter(meter);
    var times = new IsoTimes(zone(meter));
    var words = language();
    return exports.json(
        meter,
        "logbook",
        out -> {
          var json = Json.createGenerator(out);
          json.writeStartObject().write("serialNumber", serial).writeStartArray("lines");
          logbooks.stream(
              meter.getId(), meter.getModel(), filter, words, line -> json(json, times, line));
          json.writeEnd().writeEnd();
          json.flush();
        });
  }

  @GET
  @Produces(Csv.MEDIA_TYPE + ";qs=0.9")
  @Operation(summary = "The same as a table")
  public Response csv() {
    var meter = meters.get(serial);
    var filter = filter(meter);
    var times = new IsoTimes(zone(meter));
    var words = language();
    return exports.csv(meter, "logbook", out -> csv(out, meter, filter, words, times));
  }

  private void csv(
      OutputStream out, Meter meter, LogbookFilter filter, Locale words, IsoTimes times)
      throws IOException {
    var printer = Csv.printer(out);
    printer.printRecord(
        "at", "logbook", "sequence", "code", "severity", "meaning", "detail", "noted_at");
    logbooks.stream(
        meter.getId(),
        meter.getModel(),
        filter,
        words,
        line -> {
          try {
            printer.printRecord(
                times.format(line.at()),
                line.logbook(),
                line.sequence(),
                line.code(),
                line.severity(),
                Csv.text(line.meaning()),
                Csv.text(
                    line.detail().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("; "))),
                times.format(line.notedAt()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    printer.flush();
  }

  private static void json(JsonGenerator json, IsoTimes times, LogbookLine line) {
    json.writeStartObject()
        .write("at", times.format(line.at()))
        .write("logbook", line.logbook().toString())
        .write("sequence", line.sequence())
        .write("code", line.code())
        .write("severity", line.severity().name())
        .write("meaning", line.meaning())
        .writeStartObject("detail");
    line.detail().forEach(json::write);
    json.writeEnd().write("notedAt", times.format(line.notedAt())).writeEnd();
  }

  private ZoneId zone(Meter meter) {
    return Range.zone(zone, meter.getTimeZone());
  }

  private LogbookFilter filter(Meter meter) {
    var begin = Range.instant("from", from, zone(meter));
    var end = Range.instant("to", to, zone(meter));
    Range.checkOrder(begin, end);
    return new LogbookFilter(
        begin, end, logbook == null ? null : ProfileRequest.code("logbook", logbook));
  }

  private Locale language() {
    if (language != null && !Accounts.LANGUAGES.contains(language)) {
      throw Refused.field("language", "unknown", "one of en, de");
    }
    return language == null ? Locale.ENGLISH : Locale.forLanguageTag(language);
  }
}
