package org.smileadventure.common.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.smileadventure.common.http.Endpoints;
import org.smileadventure.common.http.ProblemDocument;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers those who may not. What is not there, or not by this method, is said to be so to anybody:
 * the description of the API tells as much.
 */
@Component
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
  private final BearerTokenAuthenticationEntryPoint challenge =
      new BearerTokenAuthenticationEntryPoint();
  private final BearerTokenAccessDeniedHandler denial = new BearerTokenAccessDeniedHandler();
  private final Endpoints endpoints;
  private final HandlerExceptionResolver problems;
  private final JsonMapper json;

  Refusals(
      Endpoints endpoints,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems,
      JsonMapper json) {
    this.endpoints = endpoints;
    this.problems = problems;
    this.json = json;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (failure instanceof AuthenticationServiceException) {
      response.setHeader(HttpHeaders.RETRY_AFTER, "5");
      problem(
          request,
          response,
          HttpStatus.SERVICE_UNAVAILABLE,
          "tokens cannot be checked, as their issuer does not tell its keys; try again");
    } else if (failure instanceof OAuth2AuthenticationException) {
      challenge.commence(request, response, failure);
      problem(request, response, HttpStatus.UNAUTHORIZED, "the bearer token is not accepted");
    } else if (!isAbsent(request, response)) {
      challenge.commence(request, response, failure);
      problem(
          request,
          response,
          HttpStatus.UNAUTHORIZED,
          "a bearer token is needed; get one from POST /api/v1/auth/token");
    }
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
      throws IOException {
    if (!isAbsent(request, response)) {
      denial.handle(request, response, denied);
      problem(request, response, HttpStatus.FORBIDDEN, "your role does not allow this request");
    }
  }

  /** The same for who reads the metrics. */
  void askForPassword(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"metrics\", charset=\"UTF-8\"");
    problem(
        request, response, HttpStatus.UNAUTHORIZED, "the name and the password are not accepted");
  }

  private boolean isAbsent(HttpServletRequest request, HttpServletResponse response) {
    var absence = endpoints.absence(request);
    return absence != null && problems.resolveException(request, response, null, absence) != null;
  }

  private void problem(
      HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    ProblemDocument.write(json, request, response, status, detail);
  }
}
