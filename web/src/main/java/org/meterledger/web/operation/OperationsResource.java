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
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.meter.Meters;
import org.meterledger.operation.Approvals;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationFilter;
import org.meterledger.operation.OperationList;
import org.meterledger.operation.OperationState;
import org.meterledger.operation.Operations;
import org.meterledger.reading.ReadingAttempts;
import org.meterledger.web.api.Page;
import org.meterledger.web.api.Problem;
import org.meterledger.web.api.Refused;
import org.meterledger.web.security.Caller;

/** What is asked of a meter once. */
@Path("operations")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Operations")
public class OperationsResource {

  private static final String KEY = "Idempotency-Key";
  private static final int LONGEST_WAIT = 60;

  @Inject private Operations operations;
  @Inject private Approvals approvals;
  @Inject private Access access;
  @Inject private OperationList list;
  @Inject private ReadingAttempts attempts;
  @Inject private Meters meters;
  @Inject private WaitingCallers callers;
  @Inject private Caller caller;

  /** What was queued: an operation, or the steps of a bundle in their order. */
  public record Queued(List<String> operations) {}

  /** One attempt; what did not happen is left out, and answer to who may not manage the meter. */
  public record AttemptView(
      Instant startedAt,
      Instant endedAt,
      String node,
      String result,
      String fault,
      String detail,
      String answer,
      int received,
      int stored) {}

  @POST
  @RolesAllowed(Permission.Names.OPERATE)
  @Operation(
      summary = "Ask one meter for something",
      description =
          "With kind and parameters a single operation, with steps a bundle that is done in one"
              + " session and in order. The same request under the same Idempotency-Key is"
              + " answered as the first time, and not done again. The kinds that a meter offers"
              + " are at meters/{serial}/operation-kinds, what settings it has at"
              + " meters/{serial}/settings/parts; a broken rule is told at its field, as"
              + " parameters.after.rows.3.interval.")
  public Response submit(
      @HeaderParam(KEY) String key, @NotNull OperationBody body, @Context UriInfo uri) {
    if (body.meter() == null) {
      throw Refused.field("meter", "required", "names the meter by its serial number");
    }
    if (body.group() != null || body.meters() != null) {
      throw Refused.field("meters", "ambiguous", "many meters are asked at operation-groups");
    }
    var ids = operations.submit(body.meter(), body.request(), caller.getName(), key);
    return Response.accepted(new Queued(ids.stream().map(String::valueOf).toList()))
        .location(uri.getAbsolutePathBuilder().path(ids.get(0).toString()).build())
        .build();
  }

  @GET
  @Operation(summary = "A page of operations, newest first")
  public Page<OperationView> list(
      @QueryParam("meter") String meter,
      @QueryParam("kind") String kind,
      @QueryParam("state") OperationState state,
      @QueryParam("live") Boolean live,
      @QueryParam("group") Long group,
      @QueryParam("bundle") Long bundle,
      @QueryParam("first") @DefaultValue("0") @Min(0) int first,
      @QueryParam("max") @DefaultValue("100") @Min(1) @Max(1000) int max) {
    var filter = new OperationFilter(meter, kind, state, live, group, bundle);
    return new Page<>(
        first,
        max,
        list.count(access.sight(), filter),
        list.rows(access.sight(), filter, first, max).stream().map(OperationView::of).toList());
  }

  @GET
  @Path("{id}")
  @Operation(
      summary = "One operation",
      description = "With wait, answered when it has ended, at the latest after so many seconds.")
  public void get(
      @PathParam("id") long id,
      @QueryParam("wait") @DefaultValue("0") @Min(0) @Max(LONGEST_WAIT) int wait,
      @Suspended AsyncResponse answer) {
    var operation = find(id);
    if (wait == 0 || operation.state().ended()) {
      answer.resume(OperationView.of(operation));
    } else {
      callers.hold(access.sight(), id, Duration.ofSeconds(wait), answer);
    }
  }

  @GET
  @Path("{id}/attempts")
  @Operation(summary = "What was tried, the oldest first")
  public List<AttemptView> attempts(@PathParam("id") long id) {
    var answers =
        meters
            .find(find(id).serialNumber())
            .filter(meter -> access.may(Permission.MANAGE_METERS, meter.getId()))
            .isPresent();
    return attempts.ofOperation(id).stream()
        .map(
            each ->
                new AttemptView(
                    each.startedAt(),
                    each.endedAt(),
                    each.node(),
                    each.result(),
                    each.fault(),
                    each.detail(),
                    answers ? each.answer() : null,
                    each.received(),
                    each.stored()))
        .toList();
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Permission.Names.OPERATE)
  @Operation(
      summary = "Cancel an operation that waits",
      description = "409 where it has been taken already: it ends by itself.")
  public OperationView cancel(@PathParam("id") long id) {
    find(id);
    if (!operations.cancel(id)) {
      throw new Refused(Problem.of(409, "It is " + find(id).state() + " and ends by itself"));
    }
    return OperationView.of(find(id));
  }

  @POST
  @Path("{id}/approval")
  @RolesAllowed(Permission.Names.APPROVE)
  @Operation(
      summary = "Approve or reject an operation that somebody else has asked for",
      description =
          "Of a bundle, any step stands for all. 403 for who asked; 409 with the reason where it"
              + " does not wait any more, or belongs to a request to many meters.")
  public OperationView decide(@PathParam("id") long id, @NotNull @Valid Decision decision) {
    var operation = find(id);
    if (operation.groupId() != null) {
      throw new Refused(
          Problem.of(
              409,
              "It is decided as a whole, at operation-groups/"
                  + operation.groupId()
                  + "/approval"));
    }
    decision.on(operation.approval() == null ? id : operation.approval().id(), approvals);
    return OperationView.of(find(id));
  }

  private MeterOperation find(long id) {
    return list.find(access.sight(), id)
        .orElseThrow(() -> Refused.notFound("There is no operation " + id));
  }
}
