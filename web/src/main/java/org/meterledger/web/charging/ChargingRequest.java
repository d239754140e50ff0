package org.meterledger.web.charging;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.ZoneId;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.meterledger.meter.Meter;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.IsoTimes;
import org.meterledger.web.api.Range;

/** The query parameters of records, readings and sessions. */
public class ChargingRequest {

  private static final MediaType TABLE = MediaType.valueOf(Csv.MEDIA_TYPE);

  @QueryParam("from")
  @Parameter(
      description =
          "time with offset, or date in the zone; made (a session: begun) then or later. Without,"
              + " from the first, with those that tell no time")
  private String from;

  @QueryParam("to")
  @Parameter(description = "time with offset, or date in the zone; made before")
  private String to;

  @QueryParam("zone")
  @Parameter(description = "IANA time zone of the answer; that of the meter without")
  private String zone;

  @QueryParam("first")
  @DefaultValue("0")
  @Min(0)
  @Parameter(description = "number of the first one in JSON, from 0; a table has all")
  private int first;

  @QueryParam("max")
  @DefaultValue("100")
  @Min(1)
  @Max(1000)
  @Parameter(description = "so many at most in JSON; a table has all")
  private int max;

  @Context private HttpHeaders headers;

  /** What was asked for; a time is null where none was. */
  record Span(Instant from, Instant to, IsoTimes times) {}

  /** The part that is wanted in JSON. */
  ListPart part(long total) {
    return new ListPart(first, max, total);
  }

  Span of(Meter meter) {
    ZoneId begins = Range.zone(zone, meter.getTimeZone());
    var first = Range.instant("from", from, begins);
    var last = Range.instant("to", to, begins);
    Range.checkOrder(first, last);
    return new Span(first, last, new IsoTimes(begins));
  }

  /** Whether a table is wanted rather than JSON; who takes both gets JSON. */
  boolean table() {
    return headers.getAcceptableMediaTypes().stream()
        .filter(
            each -> each.isCompatible(MediaType.APPLICATION_JSON_TYPE) || each.isCompatible(TABLE))
        .findFirst()
        .map(each -> !each.isCompatible(MediaType.APPLICATION_JSON_TYPE))
        .orElse(false);
  }
}
