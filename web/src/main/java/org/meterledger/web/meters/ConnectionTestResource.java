package org.meterledger.web.meters;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.driver.Fault;
import org.meterledger.driver.MeterSession;
import org.meterledger.meter.ConnectionTest;
import org.meterledger.meter.MeterDetails;

/** Calls a meter before it is added. */
@Path("meters/connection-test")
@RequestScoped
@RolesAllowed(Permission.Names.MANAGE_METERS)
@Tag(name = "Meters")
public class ConnectionTestResource {

  @Inject private ConnectionTest test;
  @Inject private Validator validator;

  /**
   * Where to call, and as whom.
   *
   * @param serialNumber which one is meant where several meters answer at one address
   */
  public record Target(
      @NotNull String model,
      String serialNumber,
      @NotNull String address,
      String userName,
      String password) {}

  /** Either what answered, or why nothing did. */
  public record Found(MeterSession.Identification identification, Fault fault) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Call a meter once and tell what was found; stores nothing")
  public Found test(@NotNull @Valid Target target) {
    var broken = validator.validateValue(MeterDetails.class, "address", target.address());
    if (!broken.isEmpty()) {
      throw new ConstraintViolationException(broken);
    }
    var found =
        test.test(
            target.model(),
            target.serialNumber(),
            target.address(),
            target.userName(),
            target.password());
    return new Found(found.identification(), found.fault());
  }
}
