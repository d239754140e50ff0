package org.meterledger.web.user;

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
import java.util.SortedSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.access.PortalRole;
import org.meterledger.user.Roles;
import org.meterledger.web.api.Version;

/** What accounts can be allowed to do. */
@Path("roles")
@RequestScoped
@RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
public class RolesResource {

  @Inject private Roles roles;

  /** What is said of a role. */
  public record Details(
      @NotNull String name, boolean secondFactor, @NotNull SortedSet<Permission> permissions) {}

  @GET
  @Operation(summary = "All roles, the built-in ones first")
  public List<PortalRole> list() {
    return roles.all();
  }

  @POST
  @Operation(summary = "Add a role")
  public Response add(@NotNull @Valid Details given, @Context UriInfo uri) {
    var added = roles.add(given.name(), given.secondFactor(), given.permissions());
    return Response.created(uri.getAbsolutePathBuilder().path(String.valueOf(added.id())).build())
        .tag(Version.tag(added.version()))
        .entity(added)
        .build();
  }

  @GET
  @Path("{id: [0-9]{1,9}}")
  @Operation(summary = "A role")
  public Response get(@PathParam("id") int id) {
    return answer(roles.get(id));
  }

  @PUT
  @Path("{id: [0-9]{1,9}}")
  @Operation(
      summary = "Change a role; ends the sessions of its holders when it permits something else",
      description =
          "Needs If-Match with the ETag of the last GET. Of a built-in role only secondFactor"
              + " changes.")
  public Response change(
      @PathParam("id") int id,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid Details given) {
    int version = roles.get(id).version();
    Version.require(ifMatch, version);
    return answer(
        roles.change(id, version, given.name(), given.secondFactor(), given.permissions()));
  }

  @DELETE
  @Path("{id: [0-9]{1,9}}")
  @Operation(summary = "Remove a role; refused with 409 while somebody holds it")
  public void remove(@PathParam("id") int id) {
    roles.remove(id);
  }

  private static Response answer(PortalRole role) {
    return Response.ok(role).tag(Version.tag(role.version())).build();
  }
}
