package org.smileadventure.web.sessions;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.child.ChildAnswers;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One session, and what a parent says of it. */
@Controller
class SessionEndpoint {
  private final SessionsApi api;
  private final ChildAnswers answers;

  SessionEndpoint(SessionsApi api, ChildAnswers answers) {
    this.api = api;
    this.answers = answers;
  }

  @GetMapping("/sessions/{id}")
  ModelAndView session(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String cursor,
      Form form,
      Page page) {
    var detail = api.session(id, cursor);
    return show(detail, form.or(said(detail.session())), page);
  }

  @PostMapping("/sessions/{id}")
  ModelAndView rate(@PathVariable UUID id, Form form, Page page, RedirectAttributes redirect) {
    try {
      api.rate(id, new SessionsApi.Rating(number(form.typed("rating")), form.typed("notes")));
    } catch (ApiProblemException refusal) {
      return Form.again(
          refusal, () -> show(api.session(id, null), form.refused(page, refusal), page));
    }
    redirect.addFlashAttribute("done", "sessions.rated");
    return new ModelAndView("redirect:/sessions/" + id);
  }

  private ModelAndView show(SessionsApi.Detail detail, Form form, Page page) {
    var viewer = page.viewer();
    return page.show(
        "sessions/session",
        new SessionPage(
            answers.child(detail.session().childId()),
            detail.session(),
            detail.eventsKept(),
            Moment.of(detail.timeline(), page),
            detail.nextCursor(),
            form,
            viewer != null && viewer.isParent() && detail.session().hasEnded()));
  }

  private static Map<String, @Nullable Object> said(Session session) {
    var said = new HashMap<String, @Nullable Object>();
    said.put("rating", session.parentRating());
    said.put("notes", session.parentNotes());
    return said;
  }

  /** What is no number at all counts as nothing chosen. */
  private static @Nullable Integer number(@Nullable String typed) {
    return typed != null && typed.matches("[0-9]{1,9}") ? Integer.valueOf(typed) : null;
  }
}
