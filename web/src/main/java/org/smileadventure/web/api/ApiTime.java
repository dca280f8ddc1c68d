package org.smileadventure.web.api;

import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** How long the API took for the page of this thread. */
public final class ApiTime {
  private static final String NANOS = ApiTime.class.getName();

  private ApiTime() {}

  static void add(long nanos) {
    var request = RequestContextHolder.getRequestAttributes();
    if (request != null) {
      request.setAttribute(NANOS, soFar(request) + nanos, RequestAttributes.SCOPE_REQUEST);
    }
  }

  /** Nanoseconds of all answers of the API, one after the other. */
  public static long soFar(RequestAttributes request) {
    return request.getAttribute(NANOS, RequestAttributes.SCOPE_REQUEST) instanceof Long nanos
        ? nanos
        : 0;
  }
}
