package org.smileadventure.web.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Has a form that is sent twice done once. The second one waits for the first, and is led to where
 * that was led. A form that was refused counts as not sent.
 */
@Component
class OnceFilter extends OncePerRequestFilter {
  private static final String SENT = OnceFilter.class.getName();
  private static final int REMEMBERED = 50;

  private static final class Sending {
    final ReentrantLock lock = new ReentrantLock();
    @Nullable String ledTo;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var once =
        HttpMethod.POST.matches(request.getMethod()) ? request.getParameter(Form.ONCE) : null;
    if (once == null) {
      chain.doFilter(request, response);
      return;
    }
    var sending =
        sent(request.getSession())
            .computeIfAbsent(request.getRequestURI() + ' ' + once, _ -> new Sending());
    sending.lock.lock();
    try {
      if (sending.ledTo != null) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader(HttpHeaders.LOCATION, sending.ledTo);
        return;
      }
      chain.doFilter(request, response);
      if (response.getStatus() / 100 == 3) {
        sending.ledTo = response.getHeader(HttpHeaders.LOCATION);
      }
    } finally {
      sending.lock.unlock();
    }
  }

  /** Of this session; the oldest are forgotten. */
  @SuppressWarnings("unchecked") // nobody else puts anything there
  private static Map<String, Sending> sent(HttpSession session) {
    synchronized (OnceFilter.class) {
      if (session.getAttribute(SENT) instanceof Map<?, ?> sent) {
        return (Map<String, Sending>) sent;
      }
      Map<String, Sending> sent =
          Collections.synchronizedMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Sending> eldest) {
                  return size() > REMEMBERED;
                }
              });
      session.setAttribute(SENT, sent);
      return sent;
    }
  }
}
