package org.smileadventure.common.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/**
 * Problem documents (RFC 9457) of what fails outside of any endpoint. Like all of ours they name
 * the path that was asked for, without its parameters, and are sent whatever the caller accepts.
 */
public final class ProblemDocument {
  private ProblemDocument() {}

  /** Answers with such a document; what else the response has stays. */
  public static void write(
      JsonMapper json,
      HttpServletRequest request,
      HttpServletResponse response,
      HttpStatusCode status,
      String detail)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    json.writeValue(response.getOutputStream(), of(status, detail, request.getRequestURI()));
  }

  static ProblemDetail of(HttpStatusCode status, String detail, @Nullable String path) {
    var problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setInstance(path == null ? null : instance(path));
    return problem;
  }

  /** Null for what is no path: that may be the very thing that is wrong. */
  static @Nullable URI instance(String path) {
    try {
      return new URI(path);
    } catch (URISyntaxException _) {
      return null;
    }
  }
}
