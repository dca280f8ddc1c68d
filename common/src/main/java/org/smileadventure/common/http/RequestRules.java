package org.smileadventure.common.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.smileadventure.common.service.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * What is wrong with a request whatever its endpoint does, so that nothing is done: a parameter
 * that is there twice, an answer that could not be sent as the caller accepts it, a write that is
 * to be done only to a version that is not the one here.
 */
final class RequestRules implements HandlerInterceptor {

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws HttpMediaTypeNotAcceptableException {
    if (handler instanceof HandlerMethod endpoint
        && request.getDispatcherType() == DispatcherType.REQUEST) {
      parametersStandOnce(request);
      answerIsAccepted(request, endpoint);
      if (!endpoint.hasMethodAnnotation(ComparesVersions.class)) {
        noVersionIsAskedFor(request);
      }
    }
    return true;
  }

  // No parameter is a list: two windows are a question of which we would answer the half.
  private static void parametersStandOnce(HttpServletRequest request) {
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              if (values.length > 1) {
                throw new ProblemException(
                        HttpStatus.BAD_REQUEST,
                        name + " must be given once, not " + values.length + " times")
                    .with("parameter", name);
              }
            });
  }

  private static void answerIsAccepted(HttpServletRequest request, HandlerMethod endpoint)
      throws HttpMediaTypeNotAcceptableException {
    var offered = request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE);
    if (offered != null || !endpoint.isVoid()) {
      Negotiation.best(
          Collections.list(request.getHeaders(HttpHeaders.ACCEPT)),
          offered instanceof Collection<?> types
              ? types.stream().map(MediaType.class::cast).toList()
              : List.of(MediaType.APPLICATION_JSON));
    }
  }

  // Our entity tags are weak, which If-Match does not compare (RFC 9110, 13.1.1), and what is
  // written has none. To write all the same would be to lose an update in the very case that the
  // caller guards against.
  private static void noVersionIsAskedFor(HttpServletRequest request) {
    var versions = Collections.list(request.getHeaders(HttpHeaders.IF_MATCH));
    var isWrite = !HttpMethod.GET.matches(request.getMethod());
    if ((!versions.isEmpty() && !isAny(versions))
        || (isWrite && isAny(Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH))))) {
      throw new ProblemException(
          HttpStatus.PRECONDITION_FAILED,
          "there is nothing here with a version to compare, so nothing was done; leave out "
              + (isWrite ? "If-Match and If-None-Match" : "If-Match"));
    }
  }

  /** Whether the lines of a header say {@code *}. */
  static boolean isAny(List<String> lines) {
    return lines.size() == 1 && lines.getFirst().strip().equals("*");
  }
}
