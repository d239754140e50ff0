package org.meterledger.web.operation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.operation.AwaitedApproval;
import org.meterledger.operation.AwaitedApprovals;
import org.meterledger.web.api.Page;

/** What waits for a second person. */
@Path("approvals")
@RequestScoped
@RolesAllowed(Permission.Names.APPROVE)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operations")
public class ApprovalsResource {

  @Inject private AwaitedApprovals awaited;

  /**
   * A request that waits: the operation, one of the steps of a bundle, or one of those to many
   * meters.
   *
   * @param operationGroup id of a request to many meters; null for one meter
   * @param group of meters that was asked; null where meters were named
   * @param meters how many
   * @param own asked for by the caller, who cannot decide it
   */
  public record AwaitedView(
      String operationGroup, Integer group, int meters, boolean own, OperationView operation) {

    static AwaitedView of(AwaitedApproval awaited) {
      return new AwaitedView(
          awaited.many() ? String.valueOf(awaited.id()) : null,
          awaited.groupId(),
          awaited.meters(),
          awaited.own(),
          OperationView.of(awaited.operation()));
    }
  }

  @GET
  @Operation(
      summary = "What waits and the caller may decide, and the caller's own; newest first",
      description =
          "Decide at operations/{id}/approval, or at operation-groups/{id}/approval where there is"
              + " an operationGroup.")
  public Page<AwaitedView> list(
      @QueryParam("first") @DefaultValue("0") @Min(0) int first,
      @QueryParam("max") @DefaultValue("100") @Min(1) @Max(1000) int max) {
    return new Page<>(
        first,
        max,
        awaited.count(),
        awaited.rows(first, max).stream().map(AwaitedView::of).toList());
  }
}
