package org.smileadventure.common.http;

import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * The condition of a GET that Spring does not look at (RFC 9110, 13.1.2): {@code If-None-Match: *},
 * which no answer that there is meets.
 */
@RestControllerAdvice
final class Preconditions implements ResponseBodyAdvice<Object> {

  @Override
  public boolean supports(
      MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returned,
      MediaType type,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (!(request instanceof ServletServerHttpRequest in)
        || !(response instanceof ServletServerHttpResponse out)
        || !HttpMethod.GET.equals(request.getMethod())
        || out.getServletResponse().getStatus() != HttpStatus.OK.value()) {
      return body;
    }
    if (RequestRules.isAny(
        Collections.list(in.getServletRequest().getHeaders(HttpHeaders.IF_NONE_MATCH)))) {
      var headers = out.getHeaders();
      out.setStatusCode(HttpStatus.NOT_MODIFIED);
      headers.remove(HttpHeaders.CONTENT_TYPE);
      headers.remove(HttpHeaders.CONTENT_LENGTH);
      headers.remove(HttpHeaders.CONTENT_DISPOSITION);
      return null;
    }
    return body;
  }
}
