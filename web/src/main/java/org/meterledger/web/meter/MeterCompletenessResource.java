package org.meterledger.web.meter;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.archive.Completeness;
import org.meterledger.meter.Meters;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Days;
import org.meterledger.web.api.Exports;

/** How much of what a meter should have recorded is archived. */
@Path("meters/{serial}/completeness")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Tag(name = "Completeness")
public class MeterCompletenessResource {

  @Inject private Exports exports;
  @Inject private Meters meters;
  @Inject private Completeness completeness;
  @Inject private Clock clock;

  @PathParam("serial")
  private String serial;

  @QueryParam("from")
  @Parameter(description = "first day; 30 days without")
  private String from;

  @QueryParam("to")
  @Parameter(description = "last day; today in the meter's time zone without")
  private String to;

  @GET
  @Produces(MediaType.APPLICATION_JSON + ";qs=1")
  @Operation(
      summary = "Intervals that are archived and that should be, each day in the meter's time zone")
  public List<Completeness.Day> json() {
    return days();
  }

  @GET
  @Produces(Csv.MEDIA_TYPE + ";qs=0.9")
  @Operation(summary = "The same as a table")
  public Response csv() {
    var days = days();
    return exports.csv(
        meters.get(serial),
        "completeness",
        out -> {
          var printer = Csv.printer(out);
          printer.printRecord("day", "stored", "expected");
          for (var each : days) {
            printer.printRecord(each.day(), each.stored(), each.expected());
          }
          printer.flush();
        });
  }

  private List<Completeness.Day> days() {
    var meter = meters.get(serial);
    var zone = meter.getTimeZone();
    var days = Days.of(from, to, LocalDate.ofInstant(clock.instant(), zone));
    return completeness.daysOfMeter(meter.getId(), zone, days.first(), days.last());
  }
}
