package org.meterledger.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.meterledger.access.Permission;

/** The description of the API, made of its code when the portal is built. */
@Path("/")
@RolesAllowed(Permission.Names.SIGNED_IN)
public class OpenApiResource {

  @GET
  @Path("openapi.json")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public InputStream json() {
    return document("json");
  }

  @GET
  @Path("openapi.yaml")
  @Produces("application/yaml")
  @Operation(hidden = true)
  public InputStream yaml() {
    return document("yaml");
  }

  private static InputStream document(String form) {
    return OpenApiResource.class.getResourceAsStream("/openapi/openapi." + form);
  }
}
