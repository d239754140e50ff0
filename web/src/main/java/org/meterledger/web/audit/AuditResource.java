package org.meterledger.web.audit;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.audit.AuditEntry;
import org.meterledger.audit.AuditFilter;
import org.meterledger.audit.AuditTrail;
import org.meterledger.audit.AuditVerdict;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Exports;
import org.meterledger.web.api.IsoTimes;
import org.meterledger.web.api.Page;
import org.meterledger.web.api.Range;

/** Who did what. */
@Path("audit")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_AUDIT)
@Tag(name = "Audit")
public class AuditResource {

  @Inject private AuditTrail trail;
  @Inject private Exports exports;

  @QueryParam("from")
  @Parameter(description = "time with offset, or date by UTC; from the first entry without")
  private String from;

  @QueryParam("to")
  @Parameter(description = "time with offset, or date by UTC; to the last entry without")
  private String to;

  @QueryParam("account")
  private String account;

  @QueryParam("action")
  @Parameter(description = "as METER_CHANGE, or METER for all that is done to meters")
  private String action;

  @QueryParam("subject")
  @Parameter(description = "serial number or name of what it was done to")
  private String subject;

  @QueryParam("outcome")
  private AuditEntry.Outcome outcome;

  @QueryParam("correlationId")
  private String correlationId;

  /** An entry; what there was before and is now as JSON. */
  public record EntryView(
      long id,
      Instant at,
      String account,
      Integer tokenId,
      String address,
      String correlationId,
      String action,
      String subject,
      AuditEntry.Outcome outcome,
      JsonValue before,
      JsonValue after) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON + ";qs=1")
  @Operation(summary = "A page of the trail, newest first")
  public Page<EntryView> list(
      @QueryParam("first") @DefaultValue("0") @Min(0) int first,
      @QueryParam("max") @DefaultValue("100") @Min(1) @Max(1000) int max) {
    var filter = filter();
    return new Page<>(
        first,
        max,
        trail.count(filter),
        trail.list(filter, first, max).stream().map(AuditResource::view).toList());
  }

  @GET
  @Produces(Csv.MEDIA_TYPE + ";qs=0.9")
  @Operation(summary = "All of them as a table; first and max do not matter")
  public Response csv() {
    var filter = filter();
    return exports.csv("audit", "audit", out -> write(out, filter));
  }

  @POST
  @Path("verification")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Verify that the trail is what was written",
      description =
          "Compares every entry with the seal of its batch, and every seal with the one before."
              + " Note the hash in last elsewhere: who can write into the database could make all"
              + " seals anew, but none that leads to a hash that was noted.")
  public AuditVerdict verify() {
    return trail.verify();
  }

  private AuditFilter filter() {
    var begin = Range.instant("from", from, ZoneOffset.UTC);
    var end = Range.instant("to", to, ZoneOffset.UTC);
    Range.checkOrder(begin, end);
    return new AuditFilter(begin, end, account, action, subject, outcome, correlationId);
  }

  private void write(OutputStream out, AuditFilter filter) throws IOException {
    var times = new IsoTimes(ZoneOffset.UTC);
    var printer = Csv.printer(out);
    printer.printRecord(
        "id",
        "at",
        "account",
        "token",
        "address",
        "correlation_id",
        "action",
        "subject",
        "outcome",
        "before",
        "after");
    var part = trail.part(filter, null);
    while (!part.isEmpty()) {
      for (var entry : part) {
        printer.printRecord(
            entry.id(),
            times.format(entry.at()),
            Csv.text(entry.account()),
            entry.tokenId(),
            entry.address(),
            Csv.text(entry.correlationId()),
            entry.action(),
            Csv.text(entry.subject()),
            entry.outcome(),
            Csv.text(entry.before()),
            Csv.text(entry.after()));
      }
      part = trail.part(filter, part.get(part.size() - 1).id());
    }
    printer.flush();
  }

  private static EntryView view(AuditEntry entry) {
    return new EntryView(
        entry.id(),
        entry.at(),
        entry.account(),
        entry.tokenId(),
        entry.address(),
        entry.correlationId(),
        entry.action(),
        entry.subject(),
        entry.outcome(),
        json(entry.before()),
        json(entry.after()));
  }

  private static JsonValue json(String text) {
    if (text == null) {
      return null;
    }
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readValue();
    }
  }
}
