package org.smileadventure.common.service;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A request parameter that cannot be used; answered with 400 and its name. */
public final class BadParameterException extends ErrorResponseException {
  private static final long serialVersionUID = 1;

  public BadParameterException(String parameter, String expected, String found) {
    super(HttpStatus.BAD_REQUEST, problem(parameter, expected, found), null);
  }

  private static ProblemDetail problem(String parameter, String expected, String found) {
    var problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.BAD_REQUEST, parameter + " must be " + expected + ", not '" + found + "'");
    problem.setProperty("parameter", parameter);
    return problem;
  }
}
