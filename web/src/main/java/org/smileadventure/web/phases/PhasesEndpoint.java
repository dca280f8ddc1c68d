package org.smileadventure.web.phases;

import java.util.UUID;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.child.ChildAnswers;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/children/{id}/phases")
class PhasesEndpoint {
  private final PhasesApi api;
  private final ChildAnswers answers;

  PhasesEndpoint(PhasesApi api, ChildAnswers answers) {
    this.api = api;
    this.answers = answers;
  }

  @GetMapping
  ModelAndView phases(@PathVariable long id, Form form, Page page) {
    return page.show(
        "phases/phases", new PhasesPage(answers.child(id), api.phases(id).items(), form));
  }

  @PostMapping
  ModelAndView add(@PathVariable long id, Form form, Page page, RedirectAttributes redirect) {
    try {
      api.add(
          id, new PhasesApi.NewPhase(form.typed("day"), form.typed("kind"), form.typed("label")));
    } catch (ApiProblemException refusal) {
      return Form.again(refusal, () -> phases(id, form.refused(page, refusal), page));
    }
    return done(id, "phases.added", redirect);
  }

  @GetMapping("/{phase}")
  ModelAndView comparison(
      @PathVariable long id,
      @PathVariable UUID phase,
      @RequestParam(defaultValue = "90") String days,
      Page page) {
    return page.show(
        "phases/comparison",
        new ComparisonPage(answers.child(id), api.comparison(id, phase, days)));
  }

  @PostMapping("/{phase}/remove")
  ModelAndView remove(
      @PathVariable long id, @PathVariable UUID phase, RedirectAttributes redirect) {
    api.remove(id, phase);
    return done(id, "phases.removed", redirect);
  }

  private static ModelAndView done(long id, String what, RedirectAttributes redirect) {
    redirect.addFlashAttribute("done", what);
    return new ModelAndView("redirect:/children/" + id + "/phases");
  }
}
