package org.meterledger.web.group;

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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.group.GroupDetails;
import org.meterledger.group.MeterGroup;
import org.meterledger.group.MeterGroups;
import org.meterledger.web.api.LargestBody;
import org.meterledger.web.api.Page;
import org.meterledger.web.api.Version;

/** Groups of meters, whose members follow from rules. */
@Path("groups")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Groups of meters")
public class GroupsResource {

  @Inject private MeterGroups groups;

  /**
   * A group in the list.
   *
   * @param meters that are in it
   * @param picked by hand
   */
  public record Line(int id, String name, boolean builtIn, long meters, long picked) {}

  /** Serial numbers of meters; null for none. */
  @LargestBody(16 * 1024 * 1024)
  public record Picked(List<String> add, List<String> remove) {}

  @GET
  @Operation(summary = "All groups with the number of their meters")
  public List<Line> list() {
    return groups.all().stream().map(GroupsResource::line).toList();
  }

  @POST
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  @Operation(summary = "Add a group")
  public Response add(@NotNull @Valid GroupDetails details, @Context UriInfo uri) {
    var added = groups.add(details);
    return Version.created(uri, added.id(), added.version(), groups.details(added));
  }

  @GET
  @Path("{id}")
  @Operation(
      summary = "Name and rules of a group; meters that are picked by hand are among its members")
  public Response get(@PathParam("id") int id) {
    return answer(groups.get(id));
  }

  @PUT
  @Path("{id}")
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  @Operation(
      summary = "Change name and rules; meters that are picked by hand stay",
      description = "Needs If-Match with the ETag of the last GET")
  public Response change(
      @PathParam("id") int id,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid GroupDetails details) {
    int version = groups.get(id).version();
    Version.require(ifMatch, version);
    return answer(groups.change(id, version, details));
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  @Operation(summary = "Remove a group; refused with 409 while it is in use")
  public void remove(@PathParam("id") int id) {
    groups.remove(id);
  }

  @GET
  @Path("{id}/members")
  @Operation(summary = "Serial numbers of the meters in a group")
  public Page<String> members(
      @PathParam("id") int id,
      @QueryParam("first") @DefaultValue("0") @Min(0) int first,
      @QueryParam("max") @DefaultValue("1000") @Min(1) @Max(10_000) int max) {
    return new Page<>(first, max, groups.get(id).meters(), groups.members(id, first, max));
  }

  @POST
  @Path("{id}/members")
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  @Operation(
      summary = "Pick meters by hand, and let go of those that were picked",
      description = "With a meter that is not known nothing is changed.")
  public Line pick(@PathParam("id") int id, @NotNull Picked picked) {
    return line(groups.pick(id, orNone(picked.add()), orNone(picked.remove())));
  }

  private static List<String> orNone(List<String> serialNumbers) {
    return serialNumbers == null ? List.of() : serialNumbers;
  }

  private static Line line(MeterGroup group) {
    return new Line(group.id(), group.name(), group.builtIn(), group.meters(), group.picked());
  }

  private Response answer(MeterGroup group) {
    return Version.answer(group.version(), groups.details(group));
  }
}
