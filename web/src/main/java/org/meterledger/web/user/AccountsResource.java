package org.meterledger.web.user;

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
import org.meterledger.access.Grants;
import org.meterledger.access.Permission;
import org.meterledger.meter.Meters;
import org.meterledger.user.Account;
import org.meterledger.user.Accounts;
import org.meterledger.user.WebSessions;
import org.meterledger.web.api.Page;
import org.meterledger.web.api.Refused;
import org.meterledger.web.api.Version;

/** All accounts, for administrators. */
@Path("accounts")
@RequestScoped
@RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
public class AccountsResource {

  @Inject private Accounts accounts;
  @Inject private Grants grants;
  @Inject private WebSessions sessions;
  @Inject private Meters meters;

  /**
   * What a new account needs.
   *
   * @param password absent for who chooses one by the link of an invitation
   */
  public record NewAccount(
      @NotNull String name, String password, @NotNull @Valid List<GrantView> grants) {}

  /** What an administrator changes of an account. */
  public record Standing(@NotNull @Valid List<GrantView> grants, @NotNull Boolean enabled) {}

  @GET
  @Operation(summary = "All accounts by name")
  public List<AccountView> list() {
    return accounts.all().stream().map(this::view).toList();
  }

  @POST
  @Operation(summary = "Create an account")
  public Response create(@NotNull @Valid NewAccount given, @Context UriInfo uri) {
    var account = accounts.create(given.name(), given.password(), GrantView.grants(given.grants()));
    return Response.created(uri.getAbsolutePathBuilder().path(account.name()).build())
        .tag(Version.tag(account.version()))
        .entity(view(account))
        .build();
  }

  @GET
  @Path("{name}")
  @Operation(summary = "An account")
  public Response get(@PathParam("name") String name) {
    return answer(account(name));
  }

  @PUT
  @Path("{name}")
  @Operation(summary = "Change grants and standing; ends the sessions of the account")
  public Response change(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid Standing standing) {
    var account = account(name);
    Version.require(ifMatch, account.version());
    return answer(
        accounts
            .change(
                account.id(),
                account.version(),
                GrantView.grants(standing.grants()),
                standing.enabled())
            .orElseThrow(Version::changed));
  }

  @DELETE
  @Path("{name}")
  @Operation(summary = "Remove an account with its tokens and sessions")
  public void remove(@PathParam("name") String name) {
    accounts.remove(account(name).id());
  }

  private Account account(String name) {
    return accounts.byName(name).orElseThrow(() -> Refused.notFound("No account " + name));
  }

  @GET
  @Path("{name}/sessions")
  @Operation(summary = "Where an account is signed in")
  public List<WebSessions.Open> sessions(@PathParam("name") String name) {
    return sessions.of(account(name).id());
  }

  @DELETE
  @Path("{name}/sessions")
  @Operation(summary = "End all sessions of an account")
  public void endSessions(@PathParam("name") String name) {
    sessions.endAll(account(name));
  }

  /** A meter that an account sees. */
  public record SeenMeter(String serialNumber, String alias) {}

  @GET
  @Path("{name}/meters")
  @Operation(summary = "The meters that an account sees, by serial number")
  public Page<SeenMeter> meters(
      @PathParam("name") String name,
      @QueryParam("first") @DefaultValue("0") @Min(0) int first,
      @QueryParam("max") @DefaultValue("100") @Min(1) @Max(1000) int max) {
    int id = account(name).id();
    return new Page<>(
        first,
        max,
        meters.countSeenBy(id),
        meters.seenBy(id, first, max).stream()
            .map(meter -> new SeenMeter(meter.serialNumber(), meter.alias()))
            .toList());
  }

  private AccountView view(Account account) {
    return AccountView.of(account, grants.of(account.id()));
  }

  private Response answer(Account account) {
    return Response.ok(view(account)).tag(Version.tag(account.version())).build();
  }
}
