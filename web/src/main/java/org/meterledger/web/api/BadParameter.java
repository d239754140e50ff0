package org.meterledger.web.api;

import jakarta.ws.rs.BadRequestException;
import java.util.List;
import org.meterledger.web.api.Problem.FieldError;

/** A parameter that cannot be read; JAX-RS would make a 404 of any other exception. */
class BadParameter extends BadRequestException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  BadParameter(String field, String message) {
    problem = Problem.invalid(List.of(new FieldError(field, "type", message)));
  }

  Problem problem() {
    return problem;
  }
}
