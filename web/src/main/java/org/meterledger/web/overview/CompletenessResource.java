package org.meterledger.web.overview;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.archive.Completeness;
import org.meterledger.group.MeterGroups;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Days;
import org.meterledger.web.api.Exports;
import org.meterledger.web.api.Page;
import org.meterledger.web.api.Refused;

/** How much of what the meters of a group should have recorded is archived. */
@Path("completeness")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Tag(name = "Completeness")
public class CompletenessResource {

  private static final String TODAY =
      "date; today by UTC without. Of today only what is due by now is expected";

  @Inject private Exports exports;
  @Inject private Completeness completeness;
  @Inject private MeterGroups groups;
  @Inject private Access access;
  @Inject private Clock clock;

  @QueryParam("group")
  @DefaultValue("1")
  @Parameter(description = "id of the group; all meters without")
  private int group;

  /** A meter that lacks something; intervals. */
  public record MeterView(
      String serialNumber, String alias, long stored, long expected, long missing) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON + ";qs=1")
  @Operation(summary = "Intervals that are archived and that should be, each day; 30 days without")
  public List<Completeness.Day> json(
      @QueryParam("from") @Parameter(description = "first day") String from,
      @QueryParam("to") @Parameter(description = TODAY) String to) {
    return days(from, to);
  }

  @GET
  @Produces(Csv.MEDIA_TYPE + ";qs=0.9")
  @Operation(summary = "The same as a table")
  public Response csv(@QueryParam("from") String from, @QueryParam("to") String to) {
    var days = days(from, to);
    String name = name();
    access.requireForGroup(Permission.EXPORT, group, name);
    return exports.csv(
        "group " + name,
        "completeness-" + group,
        out -> {
          var printer = Csv.printer(out);
          printer.printRecord("day", "stored", "expected");
          for (var each : days) {
            printer.printRecord(each.day(), each.stored(), each.expected());
          }
          printer.flush();
        });
  }

  @GET
  @Path("meters")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The meters that lack something of a day, those that lack most first")
  public Page<MeterView> meters(
      @QueryParam("day") @Parameter(description = TODAY) String text,
      @QueryParam("first") @DefaultValue("0") @Min(0) int first,
      @QueryParam("max") @DefaultValue("100") @Min(1) @Max(1000) int max) {
    name();
    var day = Days.day("day", text, today());
    return new Page<>(
        first,
        max,
        completeness.countIncomplete(group, day),
        completeness.incomplete(group, day, first, max).stream()
            .map(
                each ->
                    new MeterView(
                        each.serialNumber(),
                        each.alias(),
                        each.stored(),
                        each.expected(),
                        each.missing()))
            .toList());
  }

  private List<Completeness.Day> days(String from, String to) {
    name();
    var days = Days.of(from, to, today());
    return completeness.days(group, days.first(), days.last());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** Of the group, which is there. */
  private String name() {
    return groups.choices().stream()
        .filter(each -> each.id() == group)
        .findFirst()
        .orElseThrow(() -> Refused.field("group", "unknown", "there is no group " + group))
        .name();
  }
}
