package org.meterledger.web.meter;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.archive.BillingSnapshots;
import org.meterledger.meter.Meters;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Exports;

/** Previous values and demand of a meter. */
@Path("meters/{serial}")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Tag(name = "Previous values and demand")
public class SnapshotsResource {

  @Inject private Exports exports;
  @Inject private Meters meters;
  @Inject private BillingSnapshots snapshots;

  @GET
  @Path("previous-values")
  @Produces({MediaType.APPLICATION_JSON + ";qs=1", Csv.MEDIA_TYPE + ";qs=0.9"})
  @Operation(
      summary = "Registers as they stood at the ends of periods, oldest first",
      description = "As a table a value a line")
  public Response previousValues(
      @PathParam("serial") String serial, @BeanParam SnapshotRequest asked) {
    return export(serial, SnapshotKind.PREVIOUS_VALUES, false, asked);
  }

  @GET
  @Path("previous-values/versions")
  @Produces({MediaType.APPLICATION_JSON + ";qs=1", Csv.MEDIA_TYPE + ";qs=0.9"})
  @Operation(
      summary = "What was told otherwise later: all versions of such ends of period",
      description = "supersededAt is left out of the version that counts")
  public Response previousValuesVersions(
      @PathParam("serial") String serial, @BeanParam SnapshotRequest asked) {
    return export(serial, SnapshotKind.PREVIOUS_VALUES, true, asked);
  }

  @GET
  @Path("demand")
  @Produces({MediaType.APPLICATION_JSON + ";qs=1", Csv.MEDIA_TYPE + ";qs=0.9"})
  @Operation(
      summary = "Minima and maxima of demand in each period with their times, oldest first",
      description = "As a table a value a line")
  public Response demand(@PathParam("serial") String serial, @BeanParam SnapshotRequest asked) {
    return export(serial, SnapshotKind.DEMAND, false, asked);
  }

  @GET
  @Path("demand/versions")
  @Produces({MediaType.APPLICATION_JSON + ";qs=1", Csv.MEDIA_TYPE + ";qs=0.9"})
  @Operation(
      summary = "What was told otherwise later: all versions of such ends of period",
      description = "supersededAt is left out of the version that counts")
  public Response demandVersions(
      @PathParam("serial") String serial, @BeanParam SnapshotRequest asked) {
    return export(serial, SnapshotKind.DEMAND, true, asked);
  }

  private Response export(
      String serial, SnapshotKind kind, boolean versions, SnapshotRequest asked) {
    var meter = meters.get(serial);
    var query = asked.query(kind, versions, meter.getTimeZone());
    var export =
        new SnapshotExport(
            consumer -> snapshots.ofMeter(meter.getId(), query, consumer),
            asked.zone(),
            asked.registers());
    var what = SnapshotExport.file(kind, versions);
    return asked.table()
        ? exports.csv(meter, what, export::csv)
        : exports.json(meter, what, export::json);
  }
}
