package org.smileadventure.web.entry;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.stream.Stream;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** The page on which people log in. What is sent from it is taken by the filters. */
@Controller
class LoginEndpoint {
  @GetMapping("/login")
  ModelAndView page(Page page, HttpServletRequest request) {
    var parameters = request.getParameterMap();
    var failure = Stream.of("wrong", "waiting", "away").filter(parameters::containsKey).findFirst();
    var message = failure.orElse(parameters.containsKey("out") ? "out" : null);
    return page.show(
        "entry/login",
        new LoginPage(
            Form.of(Map.of("email", typed(request))),
            message == null ? null : "login." + message,
            failure.isPresent()));
  }

  private static String typed(HttpServletRequest request) {
    var session = request.getSession(false);
    var email = session == null ? null : session.getAttribute("email");
    if (session != null && email != null) {
      session.removeAttribute("email");
    }
    return email == null ? "" : email.toString();
  }
}
