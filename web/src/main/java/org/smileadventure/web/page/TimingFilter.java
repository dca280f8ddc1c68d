package org.smileadventure.web.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.smileadventure.web.api.ApiTime;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells in the header Server-Timing how long a page took, and how much of that was the API. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class TimingFilter extends OncePerRequestFilter {
  /** Pages are smaller, so that the header can be written when they are done. */
  private static final int BUFFER = 256 * 1024;

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var began = System.nanoTime();
    var api = ApiTime.of(request);
    response.setBufferSize(BUFFER);
    chain.doFilter(request, response);
    if (!response.isCommitted()) {
      response.setHeader(
          "Server-Timing",
          "total;dur=%.3f, api;dur=%.3f"
              .formatted((System.nanoTime() - began) / 1e6, api.nanos() / 1e6));
    }
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getRequestURI().startsWith("/assets/");
  }
}
