package org.meterledger.web.meter;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.meterledger.archive.BillingSnapshots;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Range;

/** The query parameters of exports of previous values and demand, and which format is wanted. */
public class SnapshotRequest {

  private static final MediaType TABLE = MediaType.valueOf(Csv.MEDIA_TYPE);

  @QueryParam("from")
  @Parameter(
      description = "time with offset, or date in the zone; periods that ended then or later")
  private String from;

  @QueryParam("to")
  @Parameter(description = "time with offset, or date in the zone; periods that ended before")
  private String to;

  @QueryParam("registers")
  @Parameter(description = "OBIS codes with commas between; all registers without")
  private String registers;

  @QueryParam("zone")
  @Parameter(description = "IANA time zone of the answer; that of each meter without")
  private String zone;

  @Context private HttpHeaders headers;

  /**
   * Which snapshots.
   *
   * @param otherwise in which a date begins where no zone is asked for
   */
  BillingSnapshots.Query query(SnapshotKind kind, boolean versions, ZoneId otherwise) {
    var begins = Range.zone(zone, otherwise);
    var first = Range.instant("from", from, begins);
    var last = Range.instant("to", to, begins);
    Range.checkOrder(first, last);
    return new BillingSnapshots.Query(kind, first, last, versions);
  }

  /** Null where each meter's own is meant. */
  ZoneId zone() {
    return Range.zone(zone, null);
  }

  /** Empty where all are asked for. */
  Set<ObisCode> registers() {
    return registers == null || registers.isBlank()
        ? Set.of()
        : Arrays.stream(registers.split(",", -1))
            .map(text -> ProfileRequest.code("registers", text.strip()))
            .collect(Collectors.toSet());
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
