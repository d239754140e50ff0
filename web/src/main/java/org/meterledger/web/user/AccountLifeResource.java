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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.user.Account;
import org.meterledger.user.AccountLinks;
import org.meterledger.user.AccountLocks;
import org.meterledger.user.Accounts;
import org.meterledger.user.Identities;
import org.meterledger.user.SignInThrottle;
import org.meterledger.web.api.Refused;

/** How accounts come in and are kept out, for administrators. */
@Path("accounts")
@RequestScoped
@RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
public class AccountLifeResource {

  @Inject private Accounts accounts;
  @Inject private AccountLinks links;
  @Inject private AccountLocks locks;
  @Inject private SignInThrottle throttle;
  @Inject private Identities identities;

  /** To be handed over; it is good once and cannot be shown again. */
  public record Link(URI link, Instant expiresAt) {}

  /** What is forgotten with the password. */
  public record Reset(boolean forgetSecondFactor) {}

  /** Why, in 1 to 200 characters. */
  public record NewLock(@NotNull String reason) {}

  /**
   * What keeps an account out.
   *
   * @param locked when and why an administrator has locked it; absent when not
   * @param blockedUntil the end of the wait after too many failures; absent without
   */
  public record Barred(Account.Lock locked, Instant blockedUntil) {}

  @POST
  @Path("{name}/invitation")
  @Operation(
      summary = "Make a link by which an account without password chooses one",
      description = "Good once, for 72 hours; one that was made before opens nothing any more.")
  public Link invite(@PathParam("name") String name, @Context UriInfo uri) {
    return link(links.invite(account(name)), uri);
  }

  @POST
  @Path("{name}/reset")
  @Operation(
      summary = "Take an account's password away and make a link for a new one",
      description = "Ends its sessions; on request its second factor is forgotten too.")
  public Link reset(
      @PathParam("name") String name, @NotNull @Valid Reset reset, @Context UriInfo uri) {
    return link(links.reset(account(name), reset.forgetSecondFactor()), uri);
  }

  @GET
  @Path("{name}/lock")
  @Operation(summary = "What keeps an account out")
  public Barred barred(@PathParam("name") String name) {
    var account = account(name);
    return new Barred(account.lock(), throttle.blockedUntil(account.name()).orElse(null));
  }

  @PUT
  @Path("{name}/lock")
  @Operation(summary = "Lock an account; ends its sessions, and its tokens open nothing")
  public void lock(@PathParam("name") String name, @NotNull @Valid NewLock lock) {
    locks.lock(account(name), lock.reason());
  }

  @DELETE
  @Path("{name}/lock")
  @Operation(summary = "Unlock an account, also from the wait after too many failures")
  public void unlock(@PathParam("name") String name) {
    locks.unlock(account(name));
  }

  @DELETE
  @Path("{name}/identity")
  @Operation(
      summary = "Part an account from its identity at the provider; ends its sessions",
      description = "It keeps its grants, which administrators give from then on.")
  public void unlink(@PathParam("name") String name) {
    if (!identities.unlink(account(name))) {
      throw Refused.notFound("Account " + name + " has no identity at the provider");
    }
  }

  private static Link link(AccountLinks.Issued issued, UriInfo uri) {
    return new Link(
        uri.getBaseUri().resolve("/welcome.xhtml?link=" + issued.token()), issued.expiresAt());
  }

  private Account account(String name) {
    return accounts.byName(name).orElseThrow(() -> Refused.notFound("No account " + name));
  }
}
