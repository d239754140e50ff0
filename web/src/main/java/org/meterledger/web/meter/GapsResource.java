package org.meterledger.web.meter;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.apache.commons.csv.CSVPrinter;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.archive.Gaps;
import org.meterledger.meter.Meters;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Exports;
import org.meterledger.web.api.IsoTimes;
import org.meterledger.web.api.Page;

/** The intervals of a meter that are missing between archived ones. */
@Path("meters/{serial}/gaps")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Tag(name = "Completeness")
public class GapsResource {

  private static final int BLOCK = 1_000;

  @Inject private Exports exports;
  @Inject private Meters meters;
  @Inject private Gaps gaps;

  @PathParam("serial")
  private String serial;

  /**
   * A gap: intervals that end after {@code after} and before {@code before}. {@code permanent} is
   * why they will never come, null while the meter is asked for them.
   */
  public record GapView(
      String profile,
      Instant after,
      Instant before,
      int missing,
      Instant foundAt,
      int asked,
      Instant askAt,
      String permanent) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON + ";qs=1")
  @Operation(summary = "Gaps that are open or permanent, newest first")
  public Page<GapView> json(
      @QueryParam("first") @DefaultValue("0") @Min(0) int first,
      @QueryParam("max") @DefaultValue("100") @Min(1) @Max(1000) int max) {
    int id = meters.get(serial).getId();
    var counts = gaps.counts(id);
    return new Page<>(
        first,
        max,
        counts.open() + counts.permanent(),
        gaps.of(id, first, max).stream().map(GapsResource::view).toList());
  }

  @GET
  @Produces(Csv.MEDIA_TYPE + ";qs=0.9")
  @Operation(summary = "All of them as a table; first and max do not matter")
  public Response csv() {
    var meter = meters.get(serial);
    var times = new IsoTimes(meter.getTimeZone());
    return exports.csv(
        meter,
        "gaps",
        out -> {
          var printer = Csv.printer(out);
          printer.printRecord(
              "profile", "after", "before", "missing", "found_at", "asked", "ask_at", "permanent");
          int first = 0;
          var block = gaps.of(meter.getId(), first, BLOCK);
          while (!block.isEmpty()) {
            for (var gap : block) {
              print(printer, times, gap);
            }
            first += BLOCK;
            block = gaps.of(meter.getId(), first, BLOCK);
          }
          printer.flush();
        });
  }

  private static void print(CSVPrinter printer, IsoTimes times, Gaps.Gap gap)
      throws java.io.IOException {
    printer.printRecord(
        gap.profile(),
        times.format(gap.after()),
        times.format(gap.before()),
        gap.missing(),
        times.format(gap.foundAt()),
        gap.asked(),
        gap.permanent() == null ? times.format(gap.askAt()) : null,
        gap.permanent());
  }

  private static GapView view(Gaps.Gap gap) {
    return new GapView(
        gap.profile().toString(),
        gap.after(),
        gap.before(),
        gap.missing(),
        gap.foundAt(),
        gap.asked(),
        gap.permanent() == null ? gap.askAt() : null,
        gap.permanent());
  }
}
