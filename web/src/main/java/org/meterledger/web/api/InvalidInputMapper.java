package org.meterledger.web.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Stands before the mapper that RESTEasy brings for validation and that answers in its own form.
 */
@Provider
public class InvalidInputMapper implements ExceptionMapper<ValidationException> {

  @Context private HttpServletRequest request;

  @Override
  public Response toResponse(ValidationException thrown) {
    return ProblemMapper.problem(thrown).response(request);
  }
}
