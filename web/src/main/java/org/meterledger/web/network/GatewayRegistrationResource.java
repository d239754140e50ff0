package org.meterledger.web.network;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.network.GatewayDifference;
import org.meterledger.network.GatewayDifferences;
import org.meterledger.network.GatewayList;
import org.meterledger.network.GatewayMeterDetails;
import org.meterledger.network.GatewayRegistration;
import org.meterledger.network.GatewayRow;
import org.meterledger.web.api.Page;

/** The meters of gateways: names, places, which may come, and what was changed there. */
@Path("gateways")
@RequestScoped
@RolesAllowed(Permission.Names.MANAGE_NETWORKS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Networks and gateways")
public class GatewayRegistrationResource {

  private static final String ID = "{id: [0-9]{1,9}}";

  @Inject private GatewayList list;
  @Inject private GatewayRegistration registration;
  @Inject private GatewayDifferences differences;

  /** What a meter is called at its gateway, and where it is. */
  public record Named(
      @NotNull @Size(min = 1, max = 120) String alias,
      @NotNull @Size(min = 1, max = 120) String location) {}

  /** Which difference. */
  public record Taken(@NotNull GatewayDifference.Kind kind, @NotNull String serialNumber) {}

  @GET
  @Path("overview")
  @RolesAllowed(Permission.Names.VIEW_METERS)
  @Operation(
      summary = "Gateways with their devices and how the last contact went, a page of them",
      description = "search is part of name, network, address or serial number.")
  public Page<GatewayRow> overview(
      @QueryParam("search") @Size(max = 120) String search,
      @QueryParam("first") @DefaultValue("0") @Min(0) int first,
      @QueryParam("max") @DefaultValue("100") @Min(1) @Max(1000) int max) {
    var rows = list.rows(search, GatewayRow.Order.NAME, true, first, max);
    return new Page<>(first, max, list.count(search), rows);
  }

  @PUT
  @Path(ID + "/meters/{serial}")
  @Operation(
      summary = "Rename or move a meter at its gateway",
      description =
          "The portal follows; a place that it does not have is not made up. 502 with its reason"
              + " when the gateway does not do it.")
  public void rename(
      @PathParam("id") int id, @PathParam("serial") String serial, @NotNull @Valid Named named) {
    registration.rename(id, new GatewayMeterDetails(serial, named.alias(), named.location()));
  }

  @DELETE
  @Path(ID + "/meters/{serial}")
  @Operation(
      summary = "Remove a meter from its gateway",
      description = "It leaves the portal too, where its archive stays.")
  public void remove(@PathParam("id") int id, @PathParam("serial") String serial) {
    registration.remove(id, serial);
  }

  @GET
  @Path(ID + "/permitted-meters")
  @Operation(summary = "The wireless meters that may come to a gateway, asked of it now")
  public List<String> permitted(@PathParam("id") int id) {
    return registration.permitted(id);
  }

  @POST
  @Path(ID + "/permitted-meters")
  @Operation(summary = "Permit wireless meters; answers all that are permitted then")
  public List<String> permit(
      @PathParam("id") int id, @NotNull @Valid GatewayScanResource.Serials serials) {
    return registration.permit(id, serials.serialNumbers());
  }

  @DELETE
  @Path(ID + "/permitted-meters/{serial}")
  @Operation(summary = "Permit a wireless meter no more; answers those that still are")
  public List<String> forbid(@PathParam("id") int id, @PathParam("serial") String serial) {
    return registration.forbid(id, List.of(serial));
  }

  @GET
  @Path(ID + "/differences")
  @Operation(summary = "What a gateway tells of its meters otherwise than the portal has it")
  public List<GatewayDifference> differences(@PathParam("id") int id) {
    return differences.list(id);
  }

  @POST
  @Path(ID + "/differences")
  @Operation(
      summary = "Take over into the portal what a gateway tells",
      description =
          "A meter that the gateway has no more leaves the portal, where its archive stays.")
  public void take(@PathParam("id") int id, @NotNull @Valid Taken taken) {
    differences.take(id, taken.kind(), taken.serialNumber());
  }

  @POST
  @Path(ID + "/locations")
  @Operation(
      summary = "Add the places that a gateway tells to the portal's tree",
      description = "Answers the full names of those that were not there.")
  public List<String> places(@PathParam("id") int id) {
    return differences.addPlaces(id);
  }
}
