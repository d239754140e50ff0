package org.meterledger.web.network;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.SortedSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.driver.MeterBus;
import org.meterledger.driver.MeterScan;
import org.meterledger.network.GatewayMeterDetails;
import org.meterledger.network.GatewayRegistration;
import org.meterledger.network.GatewayScan;
import org.meterledger.network.GatewayScans;
import org.meterledger.web.api.Refused;
import org.meterledger.web.security.Caller;

/** Looking for meters on the buses of a gateway, and adding what was found. */
@Path("gateways")
@RequestScoped
@RolesAllowed(Permission.Names.MANAGE_NETWORKS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Networks and gateways")
public class GatewayScanResource {

  private static final String ID = "{id: [0-9]{1,9}}";

  @Inject private GatewayScans scans;
  @Inject private GatewayRegistration registration;
  @Inject private Caller caller;

  /** What a gateway can scan, and how much at once. */
  public record Possible(List<MeterScan.Scannable> buses, MeterScan.Limits limits) {}

  /**
   * What to scan on one bus: from an address to another, at listed ones, or, with neither, all.
   *
   * @param baudRate of an M-Bus
   */
  public record Wanted(
      @NotNull MeterBus bus,
      Integer baudRate,
      Integer first,
      Integer last,
      @Size(max = 100) List<@NotNull Integer> listed) {

    MeterScan.BusScan scan() {
      return new MeterScan.BusScan(bus, baudRate, first, last, listed == null ? List.of() : listed);
    }
  }

  /** At least one bus. */
  public record Request(@NotNull @Size(min = 1, max = 4) List<@NotNull @Valid Wanted> buses) {}

  /** Id of the operation, at operations/{id}. */
  public record Queued(String operation) {}

  /** Meters by serial number, at least one. */
  public record Serials(
      @NotNull @Size(min = 1, max = 200)
          SortedSet<@NotNull @Size(max = 40) String> serialNumbers) {}

  /** Meters with what they are to be called at the gateway. */
  public record Registered(
      @NotNull @Size(min = 1, max = 200) List<@NotNull @Valid GatewayMeterDetails> meters) {}

  @GET
  @Path(ID + "/scan/possible")
  @Operation(summary = "What a gateway can scan, and how much at once")
  public Possible possible(@PathParam("id") int id) {
    return new Possible(scans.buses(id), scans.limits(id));
  }

  @GET
  @Path(ID + "/scan")
  @Operation(summary = "The last scan as far as it has come; 404 before the first")
  public GatewayScan last(@PathParam("id") int id) {
    return scans.last(id).orElseThrow(() -> Refused.notFound("Gateway " + id + " was not scanned"));
  }

  @POST
  @Path(ID + "/scan")
  @Operation(
      summary = "Ask for a scan",
      description =
          "An operation of the gateway's device, which takes minutes; limits are checked before it"
              + " is queued. Only one scan can run at a time.")
  public Response start(
      @PathParam("id") int id, @NotNull @Valid Request request, @Context UriInfo uri) {
    var wanted = request.buses().stream().map(Wanted::scan).toList();
    String operation = String.valueOf(scans.start(id, wanted, caller.getName()));
    return Response.accepted(new Queued(operation))
        .location(uri.getBaseUriBuilder().path("operations").path(operation).build())
        .build();
  }

  @POST
  @Path(ID + "/scan/forgotten")
  @Operation(
      summary = "Take meters from the gateway's list of what was found",
      description = "Answers those that were on it.")
  public List<String> forget(@PathParam("id") int id, @NotNull @Valid Serials serials) {
    return scans.forget(id, serials.serialNumbers());
  }

  @POST
  @Path(ID + "/registrations")
  @Operation(
      summary = "Register meters that were found at the gateway, and take them over",
      description =
          "One after the other; those before one that is refused stay. They are read through the"
              + " gateway from then on.")
  public void register(@PathParam("id") int id, @NotNull @Valid Registered registered) {
    registration.register(id, registered.meters());
  }
}
