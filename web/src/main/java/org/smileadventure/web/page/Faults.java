package org.smileadventure.web.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.web.api.ApiAwayException;
import org.smileadventure.web.api.ApiProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What is shown where something fails: what happened in plain words, and what to do. */
@ControllerAdvice
class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private final PageArgument pages;

  Faults(PageArgument pages) {
    this.pages = pages;
  }

  @ExceptionHandler
  ModelAndView away(
      ApiAwayException away, HttpServletRequest request, HttpServletResponse response) {
    LOG.warn("{}", String.valueOf(away.getMessage()));
    response.setHeader("Retry-After", "10");
    return show("away", HttpStatus.SERVICE_UNAVAILABLE, request);
  }

  @ExceptionHandler
  ModelAndView refused(ApiProblemException refused, HttpServletRequest request) {
    return switch (refused.status()) {
      case 400, 404, 410 -> show("missing", HttpStatus.NOT_FOUND, request);
      case 403 -> show("forbidden", HttpStatus.FORBIDDEN, request);
      default -> {
        LOG.warn("the API answered with {}: {}", refused.status(), refused.getMessage());
        yield show("broken", HttpStatus.INTERNAL_SERVER_ERROR, request);
      }
    };
  }

  @ExceptionHandler({NoResourceFoundException.class, MethodArgumentTypeMismatchException.class})
  ModelAndView missing(HttpServletRequest request) {
    return show("missing", HttpStatus.NOT_FOUND, request);
  }

  ModelAndView show(String kind, HttpStatus status, HttpServletRequest request) {
    var shown = pages.page(request).show("page/fault", new Fault(kind, status.value()));
    shown.setStatus(status);
    return shown;
  }
}
