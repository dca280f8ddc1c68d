package org.smileadventure.web.phases;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiAwayException;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.child.ChildAnswers;
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
    return page.show(
        "phases/phases", new PhasesPage(answers.child(id), api.phases(id).items(), form));
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
    var stands = new HashMap<String, @Nullable Object>();
    if (form.typed("version") == null) {
      stands.put("label", known.label());
      stands.put("kind", known.kind());
      stands.put("day", known.day());
      stands.put("until", known.until());
      stands.put("version", known.version());
    }
    return page.show("phases/edit", new EditPage(answers.child(id), known, form.or(stands)));
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
    return page.show(
        "phases/effect",
        new EffectPage(answers.child(id), effects, picture(id, phase, effects.points().figure())));
  }

  /** A page still has all that it shows, in words and in a table. */
  private @Nullable String picture(long id, UUID phase, String figure) {
    try {
      return new String(api.picture(id, phase, figure), UTF_8);
    } catch (ApiAwayException | ApiProblemException _) {
      return null;
    }
  }

  /** The table of all figures. */
  @GetMapping("/{phase}/effects.csv")
  ResponseEntity<String> effects(@PathVariable long id, @PathVariable UUID phase) {
    var effects = api.effects(id, phase, null);
    return Download.csv(
        "effects-%s.csv".formatted(effects.phase().day()),
        effects.figures().stream()
            .map(PhasesEndpoint::row)
            .collect(
                Collectors.joining(
                    "\r\n",
                    "figure,unit,n_before,n_during,median_before,median_during,trend_before,trend_during,difference,nap,nap_low,nap_high,tau,tau_low,tau_high,corrected_tau,corrected_tau_se,corrected_tau_low,corrected_tau_high,log_response_ratio,pnd,ird,certainty\r\n",
                    "\r\n")));
  }

  private static String row(PhaseEffects.FigureEffect told) {
    var change = told.change();
    var cells =
        Stream.<@Nullable Object>of(
            told.figure(),
            told.unit(),
            told.before().n(),
            told.during().n(),
            told.before().median(),
            told.during().median(),
            told.before().trendPerWeek(),
            told.during().trendPerWeek(),
            change == null ? null : change.level(),
            change == null ? null : change.nap().value(),
            change == null ? null : change.nap().low(),
            change == null ? null : change.nap().high(),
            change == null ? null : change.tau().value(),
            change == null ? null : change.tau().low(),
            change == null ? null : change.tau().high(),
            change == null ? null : change.correctedTau().value(),
            change == null ? null : change.correctedTau().standardError(),
            change == null ? null : change.correctedTau().low(),
            change == null ? null : change.correctedTau().high(),
            change == null || change.logResponseRatio() == null
                ? null
                : change.logResponseRatio().value(),
            change == null ? null : change.pnd(),
            change == null ? null : change.ird(),
            told.certainty());
    return cells.map(PhasesEndpoint::cell).collect(Collectors.joining(","));
  }

  private static String cell(@Nullable Object value) {
    return value == null
        ? ""
        : value instanceof Double number
            ? BigDecimal.valueOf(number).toPlainString()
            : value.toString();
  }

  /** The values of a figure, session by session. */
  @GetMapping("/{phase}/points.csv")
  ResponseEntity<String> points(
      @PathVariable long id, @PathVariable UUID phase, @RequestParam String figure) {
    var effects = api.effects(id, phase, figure);
    var points = effects.points();
    return Download.csv(
        "%s-%s.csv".formatted(points.figure(), effects.phase().day()),
        Stream.concat(
                points.before().stream().map(value -> row("before", value)),
                points.during().stream().map(value -> row("during", value)))
            .collect(Collectors.joining("", "side,day," + effects.shown().unit() + "\r\n", "")));
  }

  private static String row(String side, PhaseEffects.Value value) {
    return "%s,%s,%s\r\n"
        .formatted(side, value.day(), BigDecimal.valueOf(value.value()).toPlainString());
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
