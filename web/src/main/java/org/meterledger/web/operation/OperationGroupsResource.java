package org.meterledger.web.operation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.operation.Approvals;
import org.meterledger.operation.GroupProgress;
import org.meterledger.operation.OperationList;
import org.meterledger.operation.Operations;
import org.meterledger.web.api.Refused;
import org.meterledger.web.security.Caller;

/** One operation to many meters, with its progress. Its operations are at operations?group=id. */
@Path("operation-groups")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Operations")
public class OperationGroupsResource {

  @Inject private Operations operations;
  @Inject private Approvals approvals;
  @Inject private Access access;
  @Inject private OperationList list;
  @Inject private Caller caller;

  /** How far it has come; states without operations are left out. */
  public record ProgressView(
      String id,
      String kind,
      ApprovalView approval,
      Integer group,
      String requestedBy,
      Instant requestedAt,
      int meters,
      long ended,
      int percent,
      Map<String, Long> states) {

    static ProgressView of(GroupProgress progress) {
      var states = new TreeMap<String, Long>();
      progress.states().forEach((state, count) -> states.put(state.name(), count));
      return new ProgressView(
          String.valueOf(progress.id()),
          progress.kind(),
          ApprovalView.of(progress.approval()),
          progress.groupId(),
          progress.requestedBy(),
          progress.requestedAt(),
          progress.meters(),
          progress.ended(),
          progress.percent(),
          states);
    }
  }

  @POST
  @RolesAllowed(Permission.Names.OPERATE)
  @Operation(
      summary = "Ask many meters for the same",
      description =
          "With group, its active meters; with meters, those named. One that is unknown or cannot"
              + " do it refuses the whole request.")
  public Response submit(
      @HeaderParam("Idempotency-Key") String key,
      @NotNull OperationBody body,
      @Context UriInfo uri) {
    if (body.meter() != null || (body.group() == null) == (body.meters() == null)) {
      throw Refused.field("group", "ambiguous", "there is group, or there is meters");
    }
    long id =
        body.group() == null
            ? operations.submitToMeters(body.meters(), body.request(), caller.getName(), key)
            : operations.submitToGroup(body.group(), body.request(), caller.getName(), key);
    return Response.accepted(get(id))
        .location(uri.getAbsolutePathBuilder().path(String.valueOf(id)).build())
        .build();
  }

  @GET
  @Operation(summary = "Requests to many meters, newest first")
  public List<ProgressView> list(
      @QueryParam("first") @DefaultValue("0") @Min(0) int first,
      @QueryParam("max") @DefaultValue("20") @Min(1) @Max(100) int max) {
    return list.groups(access.sight(), first, max).stream().map(ProgressView::of).toList();
  }

  @GET
  @Path("{id}")
  @Operation(summary = "How far a request to many meters has come")
  public ProgressView get(@PathParam("id") long id) {
    return list.group(access.sight(), id)
        .map(ProgressView::of)
        .orElseThrow(() -> Refused.notFound("There is no request " + id));
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Permission.Names.OPERATE)
  @Operation(summary = "Cancel what still waits; what was taken ends by itself")
  public ProgressView cancel(@PathParam("id") long id) {
    get(id);
    operations.cancelGroup(id);
    return get(id);
  }

  @POST
  @Path("{id}/approval")
  @RolesAllowed(Permission.Names.APPROVE)
  @Operation(
      summary = "Approve or reject a request to many meters, as a whole",
      description = "403 for who asked; 409 with the reason where it does not wait any more.")
  public ProgressView decide(@PathParam("id") long id, @NotNull @Valid Decision decision) {
    get(id);
    decision.on(id, approvals);
    return get(id);
  }
}
