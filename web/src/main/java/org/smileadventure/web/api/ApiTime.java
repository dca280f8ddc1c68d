package org.smileadventure.web.api;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * How long a page waited for the API: the time in which at least one answer was on its way.
 * Thread-safe.
 */
public final class ApiTime {
  private static final String NAME = ApiTime.class.getName();

  private int open;
  private long since;
  private long nanos;

  private ApiTime() {}

  /** Of this request, from now on. */
  public static ApiTime of(HttpServletRequest request) {
    var time = new ApiTime();
    request.setAttribute(NAME, time);
    return time;
  }

  /** Of the page of this thread; null: it asks for none. */
  static @Nullable ApiTime current() {
    var request = RequestContextHolder.getRequestAttributes();
    return request != null
            && request.getAttribute(NAME, RequestAttributes.SCOPE_REQUEST) instanceof ApiTime time
        ? time
        : null;
  }

  synchronized void asked() {
    if (open++ == 0) {
      since = System.nanoTime();
    }
  }

  synchronized void answered() {
    if (--open == 0) {
      nanos += System.nanoTime() - since;
    }
  }

  public synchronized long nanos() {
    return nanos;
  }
}
