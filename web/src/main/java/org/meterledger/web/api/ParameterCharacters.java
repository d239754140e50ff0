package org.meterledger.web.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;

/** Refuses parameters with characters that no text has, before anything looks for them. */
@Provider
public class ParameterCharacters implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext context) {
    check(context.getUriInfo().getQueryParameters());
    check(context.getUriInfo().getPathParameters());
  }

  private static void check(MultivaluedMap<String, String> parameters) {
    parameters.forEach(
        (name, values) -> {
          if (!Characters.sound(name) || !values.stream().allMatch(Characters::sound)) {
            throw Refused.field(name, Characters.RULE, Characters.MESSAGE);
          }
        });
  }
}
