package org.meterledger.web.network;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.SortedSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.driver.MeterBus;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.meter.Meter;
import org.meterledger.network.GatewayAccess;
import org.meterledger.network.GatewayAccessDetails;
import org.meterledger.network.GatewayAccesses;
import org.meterledger.network.GatewayMeters;
import org.meterledger.web.api.Refused;

/** How the portal speaks with gateways, and what they know of their meters. */
@Path("gateways")
@RequestScoped
@RolesAllowed(Permission.Names.MANAGE_NETWORKS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Networks and gateways")
public class GatewayAccessResource {

  @Inject private GatewayAccesses accesses;
  @Inject private GatewayMeters meters;

  /** Where to look. */
  public record Target(@NotNull @Size(max = 255) @Pattern(regexp = "https://.+") String address) {}

  /** The gateway that answered. */
  public record Answered(String serialNumber) {}

  /**
   * A meter that a gateway knows.
   *
   * @param inPortal whether the portal has it
   * @param behind whether the portal reaches it through this gateway
   */
  public record MeterThere(
      String serialNumber,
      String alias,
      String location,
      MeterBus bus,
      String address,
      boolean inPortal,
      boolean behind) {

    static MeterThere of(GatewayMeters.Found found) {
      return new MeterThere(
          found.meter().serialNumber(),
          found.meter().alias(),
          found.meter().location(),
          found.meter().bus(),
          found.meter().address(),
          found.inPortal(),
          found.behind());
    }
  }

  /** Which to take over, at least one. */
  public record Taken(@NotNull @Size(min = 1, max = 200) SortedSet<String> serialNumbers) {}

  @POST
  @Path("certificate")
  @Operation(
      summary = "The certificate that is shown at an address",
      description = "For a person to compare before a password goes there. Nothing is sent.")
  public ServerCertificate certificate(@NotNull @Valid Target target) {
    return accesses.shown(target.address());
  }

  @GET
  @Path("{id: [0-9]{1,9}}/access")
  @Operation(summary = "How the portal speaks with a gateway; 404 where it does not")
  public GatewayAccess access(@PathParam("id") int id) {
    return accesses
        .find(id)
        .orElseThrow(() -> Refused.notFound("The portal does not speak with gateway " + id));
  }

  @PUT
  @Path("{id: [0-9]{1,9}}/access")
  @Operation(
      summary = "Have the portal speak with a gateway; it must answer",
      description =
          "The certificate is the SHA-256 that a person has compared. The password of the factory"
              + " is changed at the gateway to newPassword first. 502 with its reason when the"
              + " gateway does not answer; then nothing is kept.")
  public Answered store(@PathParam("id") int id, @NotNull @Valid GatewayAccessDetails details) {
    return new Answered(accesses.store(id, details));
  }

  @GET
  @Path("{id: [0-9]{1,9}}/meters")
  @Operation(summary = "The meters that a gateway knows, asked of it now")
  public List<MeterThere> meters(@PathParam("id") int id) {
    return meters.list(id).stream().map(MeterThere::of).toList();
  }

  @POST
  @Path("{id: [0-9]{1,9}}/meters")
  @Operation(summary = "Take meters over that a gateway knows; they are read through it")
  public List<String> take(@PathParam("id") int id, @NotNull @Valid Taken taken) {
    return meters.take(id, taken.serialNumbers()).stream().map(Meter::getSerialNumber).toList();
  }
}
