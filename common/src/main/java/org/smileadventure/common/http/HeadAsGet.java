package org.smileadventure.common.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/** Has HEAD be GET, for the rules of access too. Tomcat sends no body, as it knows better. */
final class HeadAsGet extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(
        HttpMethod.HEAD.matches(request.getMethod())
            ? new HttpServletRequestWrapper(request) {
              @Override
              public String getMethod() {
                return HttpMethod.GET.name();
              }
            }
            : request,
        response);
  }
}
