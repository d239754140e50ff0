package org.meterledger.web.reading;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.reading.PlanDetails;
import org.meterledger.reading.ReadingPlan;
import org.meterledger.reading.ReadingPlans;
import org.meterledger.web.api.Refused;
import org.meterledger.web.api.Version;

/** What is read of which meters, and how often. */
@Path("plans")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Reading plans")
public class PlansResource {

  @Inject private ReadingPlans plans;

  /** A plan with its id and the name of its group. */
  public record PlanView(int id, String groupName, PlanDetails plan) {
    static PlanView of(ReadingPlan plan) {
      return new PlanView(plan.id(), plan.groupName(), plan.details());
    }
  }

  @GET
  @Operation(summary = "All plans, by name")
  public List<PlanView> list() {
    return plans.all().stream().map(PlanView::of).toList();
  }

  @GET
  @Path("loads")
  @Operation(summary = "How many meters each plan asks, how many are due and late")
  public List<ReadingPlan.Load> loads() {
    var seen = plans.all().stream().map(ReadingPlan::id).collect(Collectors.toSet());
    return plans.loads().stream().filter(load -> seen.contains(load.planId())).toList();
  }

  @POST
  @RolesAllowed(Permission.Names.MANAGE_PLANS)
  @Operation(summary = "Add a plan; its meters are read by it from then on")
  public Response add(@NotNull @Valid PlanDetails details, @Context UriInfo uri) {
    int id = plans.add(details);
    return Response.fromResponse(answer(plan(id)))
        .status(Response.Status.CREATED)
        .location(uri.getAbsolutePathBuilder().path(String.valueOf(id)).build())
        .build();
  }

  @GET
  @Path("{id}")
  @Operation(summary = "One plan; what it shows as plan can be sent back by PUT")
  public Response get(@PathParam("id") int id) {
    return answer(plan(id));
  }

  @PUT
  @Path("{id}")
  @RolesAllowed(Permission.Names.MANAGE_PLANS)
  @Operation(
      summary = "Change a plan",
      description = "Needs If-Match with the ETag of the last GET.")
  public Response change(
      @PathParam("id") int id,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid PlanDetails details) {
    int version = plan(id).version();
    Version.require(ifMatch, version);
    if (!plans.update(id, version, details)) {
      throw Version.changed();
    }
    return answer(plan(id));
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Permission.Names.MANAGE_PLANS)
  @Operation(summary = "Remove a plan; its meters are not read by it any more")
  public void remove(@PathParam("id") int id) {
    if (!plans.remove(id)) {
      throw Refused.notFound("There is no plan " + id);
    }
  }

  private ReadingPlan plan(int id) {
    return plans.find(id).orElseThrow(() -> Refused.notFound("There is no plan " + id));
  }

  private static Response answer(ReadingPlan plan) {
    return Version.answer(plan.version(), PlanView.of(plan));
  }
}
