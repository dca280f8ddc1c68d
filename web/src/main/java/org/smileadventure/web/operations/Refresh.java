package org.smileadventure.web.operations;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * How a page keeps itself up to date while somebody looks at it.
 *
 * @param path of the page, with its parameters
 * @param seconds between two looks; 0: nothing changes by itself
 * @param held whether the reader wants the page to stay as it is
 */
public record Refresh(String path, int seconds, boolean held) {
  private static final String HOLD = "hold";

  /** Of the page that is asked for. One that answers a form has no address to ask for again. */
  public static Refresh every(int seconds, HttpServletRequest request) {
    var path =
        UriComponentsBuilder.fromPath(request.getRequestURI())
            .query(request.getQueryString())
            .replaceQueryParam(HOLD)
            .build()
            .toUriString();
    return new Refresh(
        path,
        HttpMethod.GET.matches(request.getMethod()) ? seconds : 0,
        request.getParameter(HOLD) != null);
  }

  public boolean isOn() {
    return seconds > 0 && !held;
  }

  /** Of the same page, which stays as it is. */
  public String heldPath() {
    return path + (path.contains("?") ? "&" : "?") + HOLD + "=true";
  }
}
