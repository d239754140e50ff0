package org.meterledger.web.meters;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Grants;
import org.meterledger.access.Permission;
import org.meterledger.meter.Meter;
import org.meterledger.meter.MeterDetails;
import org.meterledger.meter.Meters;
import org.meterledger.web.api.Version;

/** One meter as people maintain it. What GET shows can be sent back by PUT. */
@Path("meters/{serial}")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Meters")
public class MeterResource {

  @Inject private Meters meters;
  @Inject private Grants grants;

  @PathParam("serial")
  private String serial;

  @GET
  @Operation(summary = "A meter as people maintain it; its password is never shown")
  public Response get() {
    return answer(meters.get(serial));
  }

  @PUT
  @RolesAllowed(Permission.Names.MANAGE_METERS)
  @Operation(
      summary = "Change a meter",
      description =
          "Needs If-Match with the ETag of the last GET. Without a password the one that is"
              + " stored stays, as long as the user name does.")
  public Response change(
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, @NotNull @Valid MeterDetails details) {
    int version = meters.get(serial).getVersion();
    Version.require(ifMatch, version);
    return answer(meters.update(serial, version, details));
  }

  @GET
  @Path("accounts")
  @RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
  @Operation(summary = "The accounts that see the meter, and whether they may change it")
  public List<Grants.Seer> accounts() {
    return grants.whoSees(meters.get(serial).getId());
  }

  @DELETE
  @RolesAllowed(Permission.Names.MANAGE_METERS)
  @Operation(summary = "Take a meter out of the portal; what was archived of it stays")
  public void remove() {
    meters.remove(serial);
  }

  private Response answer(Meter meter) {
    return Response.ok(meters.details(meter)).tag(Version.tag(meter.getVersion())).build();
  }
}
