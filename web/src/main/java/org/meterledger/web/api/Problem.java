package org.meterledger.web.api;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.meterledger.web.security.Correlation;

/**
 * Problem details (RFC 9457).
 *
 * @param detail one sentence for a person; null where the title says all
 * @param errors what is wrong with which field; empty for other problems
 */
public record Problem(int status, String detail, List<FieldError> errors) {

  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String INVALID_INPUT = "urn:meterledger:problem:invalid-input";

  public Problem {
    errors = List.copyOf(errors);
  }

  /**
   * A field that breaks a rule.
   *
   * @param field name in the body or of the parameter; empty for the body as a whole
   * @param rule a word that programs can tell apart
   */
  public record FieldError(String field, String rule, String message) {
    private String sentence() {
      return (field.isEmpty() ? "The body " : field + ": ") + message;
    }
  }

  public static Problem of(int status, String detail) {
    return new Problem(status, detail, List.of());
  }

  /** 400 with what is wrong. */
  public static Problem invalid(List<FieldError> errors) {
    return new Problem(
        Response.Status.BAD_REQUEST.getStatusCode(),
        errors.size() == 1 ? errors.get(0).sentence() : errors.size() + " fields break a rule",
        errors);
  }

  private JsonObject json(HttpServletRequest request) {
    var status = Response.Status.fromStatusCode(this.status);
    var json =
        Json.createObjectBuilder()
            .add("type", errors.isEmpty() ? "about:blank" : INVALID_INPUT)
            .add("title", status == null ? "HTTP " + this.status : status.getReasonPhrase())
            .add("status", this.status);
    if (detail != null) {
      json.add("detail", detail);
    }
    json.add("instance", request.getRequestURI());
    if (Correlation.of(request) != null) {
      json.add("correlationId", Correlation.of(request));
    }
    if (!errors.isEmpty()) {
      var list = Json.createArrayBuilder();
      for (var error : errors) {
        list.add(
            Json.createObjectBuilder()
                .add("field", error.field())
                .add("rule", error.rule())
                .add("message", error.message()));
      }
      json.add("errors", list);
    }
    return json.build();
  }

  /** As an answer of a resource. */
  Response response(HttpServletRequest request) {
    return Response.status(status).type(MEDIA_TYPE).entity(json(request).toString()).build();
  }

  /** As an answer before any resource is reached. */
  public void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    byte[] body = json(request).toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    // until then the container may put a page of its own in its place
    response.flushBuffer();
  }
}
