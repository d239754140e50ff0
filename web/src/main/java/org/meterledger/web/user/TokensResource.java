package org.meterledger.web.user;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.user.ApiToken;
import org.meterledger.user.ApiTokens;
import org.meterledger.user.Role;
import org.meterledger.web.api.Problem;
import org.meterledger.web.api.Refused;
import org.meterledger.web.security.Caller;

/** Tokens by which programs use the API. */
@Path("tokens")
@RequestScoped
@RolesAllowed(Role.Names.VIEWER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Tokens")
public class TokensResource {

  @Inject private Caller caller;
  @Inject private ApiTokens tokens;

  /** What a new token needs. */
  public record NewToken(@NotNull String label, @NotNull Instant expiresAt) {}

  /** A new token; it cannot be shown again. */
  public record Issued(int id, String token, Instant expiresAt) {}

  @GET
  @Operation(summary = "Own tokens, newest first; administrators see those of all accounts")
  public List<ApiToken> list(@QueryParam("all") @DefaultValue("false") boolean all) {
    if (all && !caller.isAdministrator()) {
      throw new Refused(Problem.of(403, "Only administrators see the tokens of others"));
    }
    return all ? tokens.all() : tokens.of(caller.getAccount());
  }

  @POST
  @Operation(summary = "Issue a token for the account that asks")
  public Response issue(@NotNull @Valid NewToken given, @Context UriInfo uri) {
    var issued = tokens.issue(caller.getAccount(), given.label(), given.expiresAt());
    int id = issued.description().id();
    return Response.created(uri.getAbsolutePathBuilder().path(String.valueOf(id)).build())
        .entity(new Issued(id, issued.token(), issued.description().expiresAt()))
        .build();
  }

  @DELETE
  @Path("{id: [0-9]{1,9}}")
  @Operation(summary = "Revoke a token: an own one, or any by an administrator")
  public void revoke(@PathParam("id") int id) {
    if (!tokens.revoke(id, caller.getAccount())) {
      throw Refused.notFound("No token " + id);
    }
  }
}
