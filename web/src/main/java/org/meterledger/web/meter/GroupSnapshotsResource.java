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
import java.time.ZoneOffset;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.archive.BillingSnapshots;
import org.meterledger.group.MeterGroups;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Exports;

/**
 * Previous values and demand of all meters of a group. Dates begin in UTC where no zone is asked
 * for.
 */
@Path("groups")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Tag(name = "Previous values and demand")
public class GroupSnapshotsResource {

  @Inject private Exports exports;
  @Inject private MeterGroups groups;
  @Inject private Access access;
  @Inject private BillingSnapshots snapshots;

  @GET
  @Path("{id}/previous-values")
  @Produces({MediaType.APPLICATION_JSON + ";qs=1", Csv.MEDIA_TYPE + ";qs=0.9"})
  @Operation(
      summary = "Registers as they stood at the ends of periods, oldest first",
      description = "As a table a value a line")
  public Response previousValues(@PathParam("id") int id, @BeanParam SnapshotRequest asked) {
    return export(id, SnapshotKind.PREVIOUS_VALUES, false, asked);
  }

  @GET
  @Path("{id}/previous-values/versions")
  @Produces({MediaType.APPLICATION_JSON + ";qs=1", Csv.MEDIA_TYPE + ";qs=0.9"})
  @Operation(
      summary = "What was told otherwise later: all versions of such ends of period",
      description = "supersededAt is left out of the version that counts")
  public Response previousValuesVersions(
      @PathParam("id") int id, @BeanParam SnapshotRequest asked) {
    return export(id, SnapshotKind.PREVIOUS_VALUES, true, asked);
  }

  @GET
  @Path("{id}/demand")
  @Produces({MediaType.APPLICATION_JSON + ";qs=1", Csv.MEDIA_TYPE + ";qs=0.9"})
  @Operation(
      summary = "Minima and maxima of demand in each period with their times, oldest first",
      description = "As a table a value a line")
  public Response demand(@PathParam("id") int id, @BeanParam SnapshotRequest asked) {
    return export(id, SnapshotKind.DEMAND, false, asked);
  }

  @GET
  @Path("{id}/demand/versions")
  @Produces({MediaType.APPLICATION_JSON + ";qs=1", Csv.MEDIA_TYPE + ";qs=0.9"})
  @Operation(
      summary = "What was told otherwise later: all versions of such ends of period",
      description = "supersededAt is left out of the version that counts")
  public Response demandVersions(@PathParam("id") int id, @BeanParam SnapshotRequest asked) {
    return export(id, SnapshotKind.DEMAND, true, asked);
  }

  private Response export(int id, SnapshotKind kind, boolean versions, SnapshotRequest asked) {
    var name = groups.get(id).name();
    var query = asked.query(kind, versions, ZoneOffset.UTC);
    var export =
        new SnapshotExport(
            consumer -> snapshots.ofGroup(id, query, consumer), asked.zone(), asked.registers());
    access.requireForGroup(Permission.EXPORT, id, name);
    var file = SnapshotExport.file(kind, versions) + "-" + id;
    return asked.table()
        ? exports.csv("group " + name, file, export::csv)
        : exports.json("group " + name, file, export::json);
  }
}
