package org.smileadventure.common.service;

import org.springframework.http.HttpStatus;

/** A request parameter that cannot be used; answered with 400 and its name. */
public final class BadParameterException extends ProblemException {
  private static final long serialVersionUID = 1;

  public BadParameterException(String parameter, String expected, String found) {
    super(HttpStatus.BAD_REQUEST, parameter + " must be " + expected + ", not '" + found + "'");
    with("parameter", parameter);
  }
}
