package org.meterledger.web.reading;

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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.reading.ReadingAttempts;
import org.meterledger.web.api.Problem;
import org.meterledger.web.api.Range;
import org.meterledger.web.api.Refused;

/** How readings ended, over all meters and by time. */
@Path("reading-counts")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reading plans")
public class ReadingCountsResource {

  private static final int SLOT_MINUTES = 5;
  private static final int MOST_STEPS = 2_000;

  @Inject private ReadingAttempts attempts;
  @Inject private Access access;
  @Inject private Clock clock;

  @GET
  @Operation(
      summary = "How many attempts ended how, by time",
      description =
          "from is a date or a time with offset, a day ago where it is left out; step is in"
              + " minutes, a multiple of 5. What did not happen is left out.")
  public List<ReadingAttempts.Count> counts(
      @QueryParam("from") String from,
      @QueryParam("step") @DefaultValue("60") @Min(SLOT_MINUTES) @Max(1440) int step) {
    if (step % SLOT_MINUTES != 0) {
      throw Refused.field("step", "multiple", "is a multiple of 5 minutes");
    }
    if (!access.sight().everything()) {
      throw new Refused(Problem.of(403, "Counts are over all meters; some are not yours to see"));
    }
    var now = clock.instant();
    Instant asked = Range.instant("from", from, ZoneOffset.UTC);
    Instant begin = asked == null ? now.minus(Duration.ofDays(1)) : asked;
    if (Duration.between(begin, now).toMinutes() / step > MOST_STEPS) {
      throw Refused.field("from", "rangeTooLong", "at most " + MOST_STEPS + " steps ago");
    }
    return attempts.counts(begin, Duration.ofMinutes(step));
  }
}
