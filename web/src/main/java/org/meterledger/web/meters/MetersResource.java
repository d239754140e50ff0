package org.meterledger.web.meters;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.meter.MeterDetails;
import org.meterledger.meter.Meters;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Exports;
import org.meterledger.web.api.JsonFormat;
import org.meterledger.web.api.Version;

/** The list of the meters of the portal. */
@Path("meters")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Meters")
public class MetersResource {

  @Inject private Exports exports;
  @Inject private Meters meters;

  @GET
  @Produces(MediaType.APPLICATION_JSON + ";qs=1")
  @Operation(summary = "A page of the list")
  public Response list(@BeanParam @Valid ListRequest asked, @Context Request request) {
    return JsonFormat.tagged(asked.page(meters), request);
  }

  @GET
  @Produces(Csv.MEDIA_TYPE + ";qs=0.9")
  @RolesAllowed(Permission.Names.EXPORT)
  @Operation(summary = "The whole list as a table; first and max do not matter")
  public Response table(@BeanParam @Valid ListRequest asked) {
    var table = new MeterTable(meters, asked.filter(), asked.order(), asked.ascending());
    return exports.csv("meters", "meters", table::write);
  }

  @POST
  @RolesAllowed(Permission.Names.MANAGE_METERS)
  @Operation(summary = "Add a meter; it is read from then on")
  public Response add(@NotNull @Valid MeterDetails details, @Context UriInfo uri) {
    var meter = meters.add(details);
    return Response.created(
            uri.getAbsolutePathBuilder().path("{serial}").build(meter.getSerialNumber()))
        .tag(Version.tag(meter.getVersion()))
        .entity(meters.details(meter))
        .build();
  }
}
