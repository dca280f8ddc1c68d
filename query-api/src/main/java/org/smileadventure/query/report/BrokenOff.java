package org.smileadventure.query.report;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Ends a response that failed in the middle by closing its connection, so that nobody takes it for
 * a whole one. A servlet cannot: Tomcat would bring the body to a proper end.
 */
@Component
class BrokenOff implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private static final String MARK = BrokenOff.class.getName();

  static void mark(HttpServletRequest request) {
    request.setAttribute(MARK, true);
  }

  @Override
  public void customize(TomcatServletWebServerFactory server) {
    server.addContextValves(new Closing());
  }

  private static final class Closing extends ValveBase {
    Closing() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      getNext().invoke(request, response);
      if (request.getAttribute(MARK) != null) {
        response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
      }
    }
  }
}
