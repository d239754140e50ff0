package org.meterledger.web.operation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.meter.Meters;
import org.meterledger.operation.OperationKinds;
import org.meterledger.operation.OperationParameter;

/** What a meter can be asked for. */
@Path("meters/{serial}/operation-kinds")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operations")
public class OperationKindsResource {

  @Inject private Meters meters;
  @Inject private OperationKinds kinds;

  @PathParam("serial")
  private String serial;

  /**
   * A parameter: TIME, CHOICE of choices, NUMBER from least to most, TEXT of at most so many
   * characters, or OBJECT.
   */
  public record ParameterView(
      String name,
      OperationParameter.Type type,
      boolean required,
      List<String> choices,
      Long least,
      Long most) {

    static ParameterView of(OperationParameter parameter) {
      boolean number =
          parameter.type() == OperationParameter.Type.NUMBER
              || parameter.type() == OperationParameter.Type.TEXT
              || parameter.type() == OperationParameter.Type.SECRET;
      return new ParameterView(
          parameter.name(),
          parameter.type(),
          parameter.required(),
          parameter.choices().isEmpty() ? null : parameter.choices(),
          number ? parameter.least() : null,
          number ? parameter.most() : null);
    }
  }

  /** A kind with what may be given along. */
  public record KindView(String kind, List<ParameterView> parameters) {}

  @GET
  @Operation(summary = "What the meter can be asked for, and what may be given along")
  public List<KindView> kinds() {
    return kinds.offers(meters.get(serial).getModel()).stream()
        .map(
            offer ->
                new KindView(
                    offer.kind(), offer.parameters().stream().map(ParameterView::of).toList()))
        .toList();
  }
}
