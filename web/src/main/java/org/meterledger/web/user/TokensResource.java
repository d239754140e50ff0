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
import java.util.SortedSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.user.ApiToken;
import org.meterledger.user.ApiTokens;
import org.meterledger.user.TokenScope;
import org.meterledger.web.api.Problem;
import org.meterledger.web.api.Refused;
import org.meterledger.web.security.Caller;

/** Tokens by which programs use the API. */
@Path("tokens")
@RequestScoped
@RolesAllowed(Permission.Names.SIGNED_IN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Tokens")
public class TokensResource {

  @Inject private Caller caller;
  @Inject private ApiTokens tokens;

  /** What a new token needs. */
  public record NewToken(
      @NotNull String label,
      @NotNull Instant expiresAt,
      SortedSet<Permission> permissions,
      SortedSet<Integer> groups) {}

  /** A new token; it cannot be shown again. */
  public record Issued(int id, String token, Instant expiresAt) {}

  @GET
  @Operation(summary = "Own tokens, newest first; administrators see those of all accounts")
  public List<ApiToken> list(@QueryParam("all") @DefaultValue("false") boolean all) {
    if (all && !caller.may(Permission.MANAGE_ACCOUNTS)) {
      throw new Refused(Problem.of(403, "Only who manages accounts sees the tokens of others"));
    }
    return all ? tokens.all() : tokens.of(caller.getAccount());
  }

  @POST
  @Operation(summary = "Issue a token for the account that asks")
  public Response issue(@NotNull @Valid NewToken given, @Context UriInfo uri) {
    if (caller.byToken()) {
      // else a token that opens little, or ends soon, could make itself a better one
      throw new Refused(Problem.of(403, "A token is made by a person on a page, not by a token"));
    }
    var scope = new TokenScope(given.permissions(), given.groups());
    var issued = tokens.issue(caller.getAccount(), given.label(), given.expiresAt(), scope);
    int id = issued.description().id();
    return Response.created(uri.getAbsolutePathBuilder().path(String.valueOf(id)).build())
        .entity(new Issued(id, issued.token(), issued.description().expiresAt()))
        .build();
  }

  @DELETE
  @Path("{id: [0-9]{1,9}}")
  @Operation(summary = "Revoke a token: an own one, or any by an administrator")
  public void revoke(@PathParam("id") int id) {
    if (!tokens.revoke(id, caller.getAccount(), caller.may(Permission.MANAGE_ACCOUNTS))) {
      throw Refused.notFound("No token " + id);
    }
  }
}
