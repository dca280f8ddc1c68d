package org.smileadventure.web.phases;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.api.SideBySide;
import org.smileadventure.web.child.ChildAnswers;
import org.smileadventure.web.child.Pictures;
import org.smileadventure.web.page.Download;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/children/{id}/phases")
class PhasesEndpoint {
  private static final List<String> FIELDS = List.of("label", "kind", "day", "until");

  private final PhasesApi api;
  private final ChildAnswers answers;

  PhasesEndpoint(PhasesApi api, ChildAnswers answers) {
    this.api = api;
    this.answers = answers;
  }

  @GetMapping
  ModelAndView phases(@PathVariable long id, Form form, Page page) {
    try (var asked = new SideBySide()) {
      var child = asked.ask(() -> answers.child(id));
      var phases = asked.ask(() -> api.phases(id));
      return page.show(
          "phases/phases",
          new PhasesPage(child.get(), phases.get().items(), form.or(Map.of("kind", "therapy"))));
    }
  }

  @PostMapping
  ModelAndView add(@PathVariable long id, Form form, Page page, RedirectAttributes redirect) {
    try {
      api.add(id, typed(form));
    } catch (ApiProblemException refusal) {
      return Form.again(refusal, () -> phases(id, form.refused(page, refusal), page));
    }
    return done(id, "phases.added", redirect);
  }

  /** As it was typed; null: nothing. */
  private static Map<String, @Nullable Object> typed(Form form) {
    var typed = new HashMap<String, @Nullable Object>();
    FIELDS.forEach(field -> typed.put(field, form.typed(field)));
    return typed;
  }

  @GetMapping("/{phase}/edit")
  ModelAndView edit(@PathVariable long id, @PathVariable UUID phase, Form form, Page page) {
    var known =
        api.phases(id).items().stream()
            .filter(listed -> listed.id().equals(phase) && listed.version() != null)
            .findFirst()
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return page.show(
        "phases/edit", new EditPage(answers.child(id), known, form.or(known.values())));
  }

  @PostMapping("/{phase}/edit")
  ModelAndView change(
      @PathVariable long id,
      @PathVariable UUID phase,
      Form form,
      Page page,
      RedirectAttributes redirect) {
    try {
      api.change(id, phase, typed(form), "\"" + form.value("version") + "\"");
    } catch (ApiProblemException refusal) {
      return Form.again(refusal, () -> edit(id, phase, form.refused(page, refusal), page));
    }
    return done(id, "phases.changed", redirect);
  }

  @GetMapping("/{phase}")
  ModelAndView effect(
      @PathVariable long id,
      @PathVariable UUID phase,
      @RequestParam(required = false) @Nullable String figure,
      Page page) {
    var effects = api.effects(id, phase, figure);
    var child = answers.child(id);
    var picture = Pictures.orNull(() -> api.picture(id, phase, effects.points().figure()));
    return page.show("phases/effect", new EffectPage(child, effects, picture));
  }

  /** The table of all figures. */
  @GetMapping("/{phase}/effects.csv")
  ResponseEntity<String> effects(@PathVariable long id, @PathVariable UUID phase) {
    var effects = api.effects(id, phase, null);
    var name = "effects-%s.csv".formatted(effects.phase().day());
    return Download.csv(name, EffectsTable.of(effects));
  }

  /** The values of a figure, session by session. */
  @GetMapping("/{phase}/points.csv")
  ResponseEntity<String> points(
      @PathVariable long id, @PathVariable UUID phase, @RequestParam String figure) {
    var effects = api.effects(id, phase, figure);
    var name = "%s-%s.csv".formatted(effects.points().figure(), effects.phase().day());
    return Download.csv(name, EffectsTable.points(effects));
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
