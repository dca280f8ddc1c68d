package org.smileadventure.common.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.util.ServletRequestPathUtils;

/** What there is to be asked for, for anybody. */
public final class Endpoints {
  private final List<HandlerMapping> mappings;

  Endpoints(List<HandlerMapping> mappings) {
    this.mappings = mappings;
  }

  /** Why no endpoint would have this request; null if one would. */
  public @Nullable Exception absence(HttpServletRequest request) {
    if (!ServletRequestPathUtils.hasParsedRequestPath(request)) {
      ServletRequestPathUtils.parseAndCache(request);
    }
    try {
      for (var mapping : mappings) {
        if (mapping.getHandler(request) != null) {
          return null;
        }
      }
    } catch (HttpRequestMethodNotSupportedException absent) {
      return absent;
    } catch (Exception _) {
      // It is there, and does not take such a body or give such an answer.
      return null;
    }
    return new NoHandlerFoundException(
        request.getMethod(), request.getRequestURI(), new HttpHeaders());
  }
}
