package org.meterledger.web.network;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.driver.GatewayUsers.Level;
import org.meterledger.network.GatewayAccounts;
import org.meterledger.network.GatewayGrant;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Exports;

/** The accounts that a gateway itself keeps, and how they compare with the portal's grants. */
@Path("gateways")
@RequestScoped
@RolesAllowed(Permission.Names.MANAGE_NETWORKS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Networks and gateways")
public class GatewayUsersResource {

  private static final String ID = "{id: [0-9]{1,9}}";

  @Inject private GatewayAccounts accounts;
  @Inject private Exports exports;

  /** A new account: small letters a to z and digits; which password, the gateway says. */
  public record Added(
      @NotNull @Size(min = 1, max = 100) String name,
      @NotNull @Size(min = 1, max = 100) String password) {}

  /** A new password; only ever comes in. */
  public record Password(@NotNull @Size(min = 1, max = 100) String password) {}

  /** What the account may do. */
  public record Given(@NotNull Level level) {}

  /**
   * What somebody of a name may do with a meter.
   *
   * @param atGateway by the gateway's own account of that name
   * @param inPortal by the grants of the portal's account of that name
   */
  public record Compared(
      String serialNumber,
      String name,
      Level atGateway,
      Level inPortal,
      GatewayGrant.Comparison comparison) {

    static Compared of(GatewayGrant grant) {
      return new Compared(
          grant.serialNumber(), grant.name(), grant.there(), grant.here(), grant.comparison());
    }
  }

  @GET
  @Path(ID + "/users")
  @Operation(summary = "The accounts of a gateway and what each may do, asked of it now")
  public List<GatewayAccounts.GatewayAccount> list(@PathParam("id") int id) {
    return accounts.list(id);
  }

  @POST
  @Path(ID + "/users")
  @Operation(summary = "Add an account at a gateway; it may see all meters")
  public void add(@PathParam("id") int id, @NotNull @Valid Added added) {
    accounts.add(id, added.name(), added.password());
  }

  @PUT
  @Path(ID + "/users/{name}/password")
  @Operation(summary = "Give an account of a gateway another password; not that of the portal")
  public void change(
      @PathParam("id") int id, @PathParam("name") String name, @NotNull @Valid Password password) {
    accounts.changePassword(id, name, password.password());
  }

  @DELETE
  @Path(ID + "/users/{name}")
  @Operation(summary = "Remove an account of a gateway; not that of the portal")
  public void remove(@PathParam("id") int id, @PathParam("name") String name) {
    accounts.remove(id, name);
  }

  @PUT
  @Path(ID + "/users/{name}/access/{serial}")
  @Operation(
      summary = "What an account of a gateway may do with a meter",
      description = "The serial number of the gateway stands for the right to administer it.")
  public void bind(
      @PathParam("id") int id,
      @PathParam("name") String name,
      @PathParam("serial") String serial,
      @NotNull @Valid Given given) {
    accounts.bind(id, name, serial, given.level());
  }

  @GET
  @Path(ID + "/access-report")
  @RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
  @Produces(MediaType.APPLICATION_JSON + ";qs=1")
  @Operation(summary = "Who may do what with which meter, at the gateway and in the portal")
  public List<Compared> report(@PathParam("id") int id) {
    return accounts.report(id).stream().map(Compared::of).toList();
  }

  @GET
  @Path(ID + "/access-report")
  @RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
  @Produces(Csv.MEDIA_TYPE + ";qs=0.9")
  @Operation(summary = "The same as a table")
  public Response csv(@PathParam("id") int id) {
    var report = accounts.report(id).stream().map(Compared::of).toList();
    return exports.csv("gateway " + id, "gateway-access", out -> write(out, report));
  }

  private static void write(OutputStream out, List<Compared> report) throws IOException {
    var csv = Csv.printer(out);
    csv.printRecord("serialNumber", "name", "atGateway", "inPortal", "comparison");
    for (var each : report) {
      csv.printRecord(
          Csv.text(each.serialNumber()),
          Csv.text(each.name()),
          each.atGateway(),
          each.inPortal(),
          each.comparison());
    }
    csv.flush();
  }
}
