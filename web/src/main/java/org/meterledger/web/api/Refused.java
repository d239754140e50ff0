package org.meterledger.web.api;

import java.util.List;
import org.meterledger.web.api.Problem.FieldError;

/** Ends a request with a problem that its sender can cure. */
public class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public Refused(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  /** 400: one field breaks one rule. */
  public static Refused field(String field, String rule, String message) {
    return fields(List.of(new FieldError(field, rule, message)));
  }

  public static Refused fields(List<FieldError> errors) {
    return new Refused(Problem.invalid(errors));
  }

  public static Refused notFound(String what) {
    return new Refused(Problem.of(404, what));
  }

  Problem problem() {
    return problem;
  }
}
