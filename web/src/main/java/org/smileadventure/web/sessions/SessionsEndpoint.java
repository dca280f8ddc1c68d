package org.smileadventure.web.sessions;

import org.jspecify.annotations.Nullable;
import org.smileadventure.web.child.ChildAnswers;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
class SessionsEndpoint {
  private final SessionsApi api;
  private final ChildAnswers answers;

  SessionsEndpoint(SessionsApi api, ChildAnswers answers) {
    this.api = api;
    this.answers = answers;
  }

  @GetMapping("/children/{id}/sessions")
  ModelAndView sessions(
      @PathVariable long id,
      @RequestParam(name = "session_type", defaultValue = "") String type,
      @RequestParam(name = "completion_status", defaultValue = "") String status,
      @RequestParam(defaultValue = "") String cursor,
      Page page) {
    var listed = api.sessions(id, chosen(type), chosen(status), chosen(cursor));
    return page.show(
        "sessions/sessions",
        new SessionsPage(
            answers.child(id),
            listed.sessions(),
            chosen(type),
            chosen(status),
            cursor.isEmpty(),
            listed.nextCursor()));
  }

  /** A form sends what was left open as nothing. */
  private static @Nullable String chosen(String value) {
    return value.isEmpty() ? null : value;
  }
}
