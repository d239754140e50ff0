package org.meterledger.web.user;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.Grant;
import org.meterledger.access.Permission;
import org.meterledger.user.ClaimGrants;

/** What the claims of who comes in by the identity provider give. */
@Path("identity-provider/grants")
@RequestScoped
@RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
public class IdentityProviderResource {

  @Inject private ClaimGrants claims;

  /**
   * What who has a claim is given.
   *
   * @param claim a value of the claim, as the provider writes it
   * @param role id; absent where access is NONE
   * @param group id of a group of meters
   */
  public record NewClaimGrant(
      @NotNull String claim, Integer role, @NotNull Integer group, @NotNull AccessLevel access) {}

  /** The same, and the number by which it can be taken away. */
  public record ClaimGrantView(int id, String claim, Integer role, int group, AccessLevel access) {

    static ClaimGrantView of(ClaimGrants.ClaimGrant each) {
      return new ClaimGrantView(
          each.id(),
          each.claim(),
          each.grant().roleId(),
          each.grant().groupId(),
          each.grant().access());
    }
  }

  @GET
  @Operation(summary = "What claims give")
  public List<ClaimGrantView> list() {
    return claims.all().stream().map(ClaimGrantView::of).toList();
  }

  @POST
  @Operation(
      summary = "Have a claim give something; whoever came in by the provider comes in again")
  public Response add(@NotNull @Valid NewClaimGrant given, @Context UriInfo uri) {
    var added = claims.add(given.claim(), new Grant(given.role(), given.group(), given.access()));
    return Response.created(uri.getAbsolutePathBuilder().path(String.valueOf(added.id())).build())
        .entity(ClaimGrantView.of(added))
        .build();
  }

  @DELETE
  @Path("{id: [0-9]{1,9}}")
  @Operation(
      summary = "Have a claim give it no more; whoever came in by the provider comes in again")
  public void remove(@PathParam("id") int id) {
    claims.remove(id);
  }
}
