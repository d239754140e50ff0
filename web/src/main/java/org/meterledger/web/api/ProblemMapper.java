package org.meterledger.web.api;

import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.transaction.RollbackException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.meterledger.access.AccessDenied;
import org.meterledger.network.GatewayRefused;
import org.meterledger.operation.ApprovalRefused;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;
import org.meterledger.server.StillInUse;
import org.meterledger.user.AccountRefused;
import org.meterledger.web.api.Problem.FieldError;
import org.meterledger.web.security.Correlation;

/** Makes problem details of whatever ends a request. A bug is told by number only. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

  private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());
  private static final int INTERNAL_ERROR = 500;
  private static final int BAD_GATEWAY = 502;

  /** SQLSTATE unique_violation. */
  private static final String UNIQUE = "23505";

  @Context private HttpServletRequest request;

  @Override
  public Response toResponse(Throwable thrown) {
    var cause = unwrapped(thrown);
    var problem = problem(cause);
    if (problem.status() >= INTERNAL_ERROR && !(cause instanceof GatewayRefused)) {
      problem = bug(request, thrown);
    }
    var response = problem.response(request);
    return cause instanceof WebApplicationException web ? keepingHeaders(web, response) : response;
  }

  /** Logs what nobody expected, and makes the problem that tells nothing of it. */
  public static Problem bug(HttpServletRequest request, Throwable thrown) {
    LOG.log(Level.ERROR, "Request " + Correlation.of(request) + " failed", thrown);
    return Problem.of(INTERNAL_ERROR, words(INTERNAL_ERROR));
  }

  /** What the container wrapped: a commit that came too late for the business to judge it. */
  private static Throwable unwrapped(Throwable thrown) {
    var cause = thrown;
    while (cause.getCause() != null
        && (cause instanceof EJBException && !(cause instanceof EJBAccessException)
            || cause instanceof RollbackException
            || cause instanceof PersistenceException
                && !(cause instanceof OptimisticLockException))) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Among them Allow of a 405. */
  private static Response keepingHeaders(WebApplicationException web, Response response) {
    var builder = Response.fromResponse(response);
    web.getResponse()
        .getHeaders()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)
                  && !name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
                values.forEach(value -> builder.header(name, value));
              }
            });
    return builder.build();
  }

  static Problem problem(Throwable cause) {
    if (cause instanceof Refused refused) {
      return refused.problem();
    }
    if (cause instanceof ConstraintViolationException broken) {
      return Problem.invalid(
          broken.getConstraintViolations().stream()
              .map(ProblemMapper::error)
              .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::rule))
              .toList());
    }
    if (cause instanceof InvalidOperation invalid) {
      return Problem.invalid(
          List.of(new FieldError(invalid.field(), invalid.rule(), invalid.getMessage())));
    }
    if (cause instanceof AccountRefused refused) {
      var rule = refused.rule();
      return Problem.invalid(List.of(new FieldError(rule.field(), rule.code(), rule.text())));
    }
    if (cause instanceof InvalidInput invalid) {
      return Problem.invalid(
          List.of(new FieldError(invalid.field(), invalid.rule(), invalid.getMessage())));
    }
    if (cause instanceof GatewayRefused) {
      return Problem.of(BAD_GATEWAY, cause.getMessage());
    }
    if (cause instanceof StillInUse) {
      return Problem.of(409, cause.getMessage());
    }
    if (cause instanceof ApprovalRefused refused) {
      return Problem.of(refused.why() == ApprovalRefused.Why.OWN ? 403 : 409, cause.getMessage());
    }
    if (cause instanceof AccessDenied) {
      return Problem.of(403, cause.getMessage());
    }
    if (cause instanceof NotThere) {
      return Problem.of(404, cause.getMessage());
    }
    if (cause instanceof ChangedMeanwhile || cause instanceof OptimisticLockException) {
      return Version.changed().problem();
    }
    if (cause instanceof SQLException sql && UNIQUE.equals(sql.getSQLState())) {
      return Problem.of(409, "Somebody else has just stored the same");
    }
    if (cause instanceof EJBAccessException) {
      return Problem.of(403, "The role of this account does not allow it");
    }
    if (cause instanceof BadParameter bad) {
      return bad.problem();
    }
    if (cause instanceof WebApplicationException web) {
      return Problem.of(web.getResponse().getStatus(), words(web.getResponse().getStatus()));
    }
    return Problem.of(INTERNAL_ERROR, words(INTERNAL_ERROR));
  }

  /** Own words: those of the server tell of classes and methods. */
  private static String words(int status) {
    return switch (status) {
      case 403 -> "The role of this account does not allow it";
      case 404 -> "There is nothing at this address";
      case 405 -> "This address does not know the method";
      case 406 -> "None of the media types asked for is offered";
      case 413 -> "The body is too large";
      case 415 -> "The body has a media type that is not understood";
      case INTERNAL_ERROR -> "An error of the portal; the log tells more under the correlation id";
      default -> null;
    };
  }

  private static FieldError error(ConstraintViolation<?> violation) {
    String rule =
        violation.getConstraintDescriptor().getAnnotation().annotationType().getSimpleName();
    return new FieldError(
        field(violation.getPropertyPath()),
        rule.substring(0, 1).toLowerCase(Locale.ROOT) + rule.substring(1),
        violation.getMessage());
  }

  /** Without the method, and without the parameter that is the whole body. */
  private static String field(Path path) {
    var properties = new ArrayList<String>();
    String parameter = "";
    for (var node : path) {
      switch (node.getKind()) {
        // an item of a set has no number
        case PROPERTY -> properties.add(node.toString().replace("[]", ""));
        case PARAMETER -> parameter = node.getName();
        default -> {
          // method, constructor and the like mean nothing to a caller
        }
      }
    }
    return properties.isEmpty() ? parameter : String.join(".", properties);
  }
}
