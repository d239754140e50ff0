package org.meterledger.web.operation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.operation.OperationRule;
import org.meterledger.operation.OperationRules;

/** Which kinds of operation wait for a second person. */
@Path("operation-rules")
@RequestScoped
@RolesAllowed({Permission.Names.VIEW_METERS, Permission.Names.MANAGE_ACCOUNTS})
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Operations")
public class OperationRulesResource {

  @Inject private OperationRules rules;

  /** What is said of a kind. */
  public record RuleBody(@NotNull Boolean approval) {}

  @GET
  @Operation(
      summary = "Whether operations wait for a second person, by kind; with who said so when")
  public List<OperationRule> list() {
    return rules.all();
  }

  @PUT
  @Path("{kind}")
  @RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
  @Operation(
      summary = "Say whether operations of a kind wait for a second person",
      description = "Holds from the next request on; what waits already goes on waiting.")
  public OperationRule set(@PathParam("kind") String kind, @NotNull @Valid RuleBody body) {
    return rules.set(kind, body.approval());
  }
}
