package org.meterledger.web.user;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.user.WebSessions;

/** Who is signed in; those of one account are ended with the account. */
@Path("sessions")
@RequestScoped
@RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
public class SessionsResource {

  @Inject private WebSessions sessions;

  @GET
  @Operation(summary = "The sessions of all accounts, those seen last first; at most 1000")
  public List<WebSessions.Held> list() {
    return sessions.all();
  }
}
