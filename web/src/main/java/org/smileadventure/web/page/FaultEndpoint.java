package org.smileadventure.web.page;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** What failed outside of any page, as the container and the filters tell it. */
@Controller
class FaultEndpoint implements ErrorController {
  private final Faults faults;

  FaultEndpoint(Faults faults) {
    this.faults = faults;
  }

  @RequestMapping("/error")
  ModelAndView fault(HttpServletRequest request) {
    var status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? HttpStatus.resolve(code)
            : HttpStatus.NOT_FOUND;
    if (status == null) {
      status = HttpStatus.INTERNAL_SERVER_ERROR;
    }
    var kind =
        switch (status) {
          case NOT_FOUND, BAD_REQUEST, METHOD_NOT_ALLOWED -> "missing";
          case FORBIDDEN -> "forbidden";
          default -> "broken";
        };
    return faults.show(kind, status, request);
  }
}
