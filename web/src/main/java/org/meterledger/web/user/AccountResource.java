package org.meterledger.web.user;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Grants;
import org.meterledger.access.Permission;
import org.meterledger.user.Accounts;
import org.meterledger.user.Passwords;
import org.meterledger.user.Theme;
import org.meterledger.user.WebSessions;
import org.meterledger.web.api.Refused;
import org.meterledger.web.security.Caller;

/** The account that asks. */
@Path("account")
@RequestScoped
@RolesAllowed(Permission.Names.SIGNED_IN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Own account")
public class AccountResource {

  @Inject private Caller caller;
  @Inject private Accounts accounts;
  @Inject private Passwords passwords;
  @Inject private Grants grants;
  @Inject private WebSessions sessions;

  /** Null: as the browser asks, as the system is set, that of the portal. */
  public record Preferences(String language, Theme theme, String timeZone) {}

  /** Both are needed, as a token alone must not give an account away. */
  public record PasswordChange(@NotNull String currentPassword, @NotNull String password) {}

  @GET
  @Operation(summary = "The account that asks")
  public AccountView get() {
    return AccountView.of(caller.getAccount(), grants.of(caller.getAccount().id()));
  }

  @GET
  @Path("sessions")
  @Operation(summary = "Where the account is signed in")
  public List<WebSessions.Open> sessions() {
    return sessions.of(caller.getAccount().id());
  }

  @DELETE
  @Path("sessions/{id: [0-9]{1,18}}")
  @Operation(summary = "End one of the account's sessions")
  public void endSession(@PathParam("id") long id) {
    if (!sessions.end(caller.getAccount(), id)) {
      throw Refused.notFound("No session " + id);
    }
  }

  @DELETE
  @Path("sessions")
  @Operation(summary = "End all sessions of the account")
  public void endSessions() {
    sessions.endAll(caller.getAccount());
  }

  @PUT
  @Path("preferences")
  @Operation(summary = "Set language, theme and time zone of the pages")
  public void prefer(@NotNull @Valid Preferences preferences) {
    accounts.prefer(
        caller.getAccount().id(),
        preferences.language(),
        preferences.theme(),
        preferences.timeZone());
  }

  @PUT
  @Path("password")
  @Operation(summary = "Change the own password; ends the sessions of the account")
  public void changePassword(@NotNull @Valid PasswordChange change) {
    passwords.change(
        caller.getAccount(), change.currentPassword(), change.password(), caller.address(), 0);
  }
}
