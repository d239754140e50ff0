package org.meterledger.web.network;

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
import org.meterledger.network.Network;
import org.meterledger.network.NetworkDetails;
import org.meterledger.network.Networks;
import org.meterledger.web.api.Version;

/** Networks over which meters are reached. */
@Path("networks")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Networks and gateways")
public class NetworksResource {

  @Inject private Networks networks;

  @GET
  @Operation(summary = "All networks by name")
  public List<Network> list() {
    return networks.all();
  }

  @POST
  @RolesAllowed(Permission.Names.MANAGE_NETWORKS)
  @Operation(summary = "Add a network")
  public Response add(@NotNull @Valid NetworkDetails details, @Context UriInfo uri) {
    var added = networks.add(details);
    return Version.created(uri, added.id(), added.version(), added.details());
  }

  @GET
  @Path("{id}")
  @Operation(summary = "A network")
  public Response get(@PathParam("id") int id) {
    return answer(networks.get(id));
  }

  @PUT
  @Path("{id}")
  @RolesAllowed(Permission.Names.MANAGE_NETWORKS)
  @Operation(
      summary = "Change name or limits; limits hold from the next session on",
      description = "Needs If-Match with the ETag of the last GET")
  public Response change(
      @PathParam("id") int id,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid NetworkDetails details) {
    int version = networks.get(id).version();
    Version.require(ifMatch, version);
    return answer(networks.change(id, version, details));
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Permission.Names.MANAGE_NETWORKS)
  @Operation(summary = "Remove a network; refused with 409 while it is in use")
  public void remove(@PathParam("id") int id) {
    networks.remove(id);
  }

  private static Response answer(Network network) {
    return Version.answer(network.version(), network.details());
  }
}
