package org.smileadventure.web.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.stereotype.Component;

/**
 * Where somebody wanted to go who has to log in first. What they had typed into a form is kept for
 * that form, without passwords: it is shown again, and sent by nobody but them.
 */
@Component
class KeptForms extends HttpSessionRequestCache {
  private static final String KEPT = KeptForms.class.getName();

  private record Kept(String path, Map<String, String> values) implements Serializable {}

  @Override
  public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
    if (HttpMethod.GET.matches(request.getMethod())) {
      super.saveRequest(request, response);
      return;
    }
    var page = request.getParameter(Form.PAGE);
    var path = page != null && page.startsWith("/") ? page : request.getRequestURI();
    request.getSession().setAttribute(KEPT, new Kept(path, typed(request)));
    super.saveRequest(new GetInstead(request, path), response);
  }

  /** What was typed into a form of this page before the login ended; it is given out once. */
  static Map<String, String> take(HttpServletRequest request) {
    var session = request.getSession(false);
    if (session != null
        && session.getAttribute(KEPT) instanceof Kept kept
        && kept.path().equals(request.getRequestURI())) {
      session.removeAttribute(KEPT);
      return kept.values();
    }
    return Map.of();
  }

  private static Map<String, String> typed(HttpServletRequest request) {
    var values = new HashMap<String, String>();
    request
        .getParameterMap()
        .forEach(
            (name, all) -> {
              if (!name.contains("password") && !Form.OURS.contains(name)) {
                values.put(name, all[0]);
              }
            });
    return Map.copyOf(values);
  }

  /** A form's page is asked for, not sent to once more. */
  private static final class GetInstead extends HttpServletRequestWrapper {
    private final String path;

    private GetInstead(HttpServletRequest request, String path) {
      super(request);
      this.path = path;
    }

    @Override
    public String getMethod() {
      return HttpMethod.GET.name();
    }

    @Override
    public String getRequestURI() {
      return path;
    }

    @Override
    public StringBuffer getRequestURL() {
      var url = super.getRequestURL();
      var root = url.length() - super.getRequestURI().length();
      return new StringBuffer(url.substring(0, root)).append(path);
    }

    @Override
    public String getServletPath() {
      return path;
    }

    @Override
    public @Nullable String getQueryString() {
      return null;
    }

    @Override
    public @Nullable String getParameter(String name) {
      return null;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      return Map.of();
    }
  }
}
