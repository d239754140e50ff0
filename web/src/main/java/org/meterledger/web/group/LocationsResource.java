package org.meterledger.web.group;

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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.group.Location;
import org.meterledger.group.LocationDetails;
import org.meterledger.group.Locations;
import org.meterledger.web.api.Version;

/** The tree of the places where meters are. */
@Path("locations")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Locations")
public class LocationsResource {

  @Inject private Locations locations;

  @GET
  @Operation(summary = "All places, each before those in it")
  public List<Location> list() {
    return locations.all();
  }

  @POST
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  @Operation(summary = "Add a place")
  public Response add(@NotNull @Valid LocationDetails details, @Context UriInfo uri) {
    var added = locations.add(details);
    return Version.created(uri, added.id(), added.version(), added.details());
  }

  @GET
  @Path("{id}")
  @Operation(summary = "A place")
  public Response get(@PathParam("id") int id) {
    return answer(locations.get(id));
  }

  @PUT
  @Path("{id}")
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  @Operation(
      summary = "Rename a place, or move it with all that is in it",
      description = "Needs If-Match with the ETag of the last GET")
  public Response change(
      @PathParam("id") int id,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid LocationDetails details) {
    int version = locations.get(id).version();
    Version.require(ifMatch, version);
    return answer(locations.change(id, version, details));
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Permission.Names.MANAGE_GROUPS)
  @Operation(summary = "Remove a place; refused with 409 while it is in use")
  public void remove(@PathParam("id") int id) {
    locations.remove(id);
  }

  private static Response answer(Location location) {
    return Version.answer(location.version(), location.details());
  }
}
