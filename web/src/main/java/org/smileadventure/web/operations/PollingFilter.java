package org.smileadventure.web.operations;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Pages look again by themselves until half an hour after somebody last asked for one. Else a page
 * that was left open would keep a login for ever. It is then loaded once more and held still, which
 * it says.
 */
@Component
class PollingFilter extends OncePerRequestFilter {
  private static final String LAST_ASKED = PollingFilter.class.getName();
  private static final Duration LONGEST = Duration.ofMinutes(30);

  /** What htmx takes for it. */
  private static final int STOP_POLLING = 286;

  private final InstantSource clock;

  PollingFilter(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var session = request.getSession(false);
    if (session != null) {
      var now = clock.instant();
      if (request.getHeader("HX-Request") == null) {
        session.setAttribute(LAST_ASKED, now);
      } else if (request.getRequestURI().startsWith("/operations")
          && session.getAttribute(LAST_ASKED) instanceof Instant lastAsked
          && lastAsked.plus(LONGEST).isBefore(now)) {
        response.setStatus(STOP_POLLING);
        response.setHeader("HX-Redirect", Refresh.every(1, request).heldPath());
        return;
      }
    }
    chain.doFilter(request, response);
  }
}
