package org.smileadventure.web.operations.quarantine;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.operations.Refresh;
import org.smileadventure.web.operations.Typed;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Sends records of a reason again, so many and so fast, and tells how far that is. */
@Controller
class ReplayEndpoint {
  private static final int SECONDS = 2;
  private static final int RUNS = 20;
  private static final int CONFLICT = 409;

  private final QuarantineApi api;
  private final QuarantineEndpoint quarantine;

  ReplayEndpoint(QuarantineApi api, QuarantineEndpoint quarantine) {
    this.api = api;
    this.quarantine = quarantine;
  }

  /** A form with the bounds that the API takes by itself. */
  static Form usual() {
    return Form.of(Map.of("most", "1000", "per_second", "100"));
  }

  @PostMapping("/operations/quarantine/replays")
  ModelAndView send(Page page, Form form, HttpServletRequest request, RedirectAttributes redirect) {
    var checked = checked(page, form);
    if (!checked.errors().isEmpty()) {
      return Form.again(quarantine.show(page, checked, request));
    }
    try {
      var run =
          api.replay(
              new QuarantineApi.NewReplay(
                  form.value("reason"),
                  Typed.time(form.typed("since")).orElse(null),
                  Typed.number(form, "most").orElseThrow(),
                  Typed.number(form, "per_second").orElseThrow()));
      redirect.addFlashAttribute("done", "quarantine.begun");
      return new ModelAndView("redirect:/operations/quarantine/replays/" + run.id());
    } catch (ApiProblemException refused) {
      var again =
          refused.status() == CONFLICT
              ? form.saying(page.text("quarantine.another-runs"))
              : form.refused(page, refused);
      return Form.again(refused, () -> quarantine.show(page, again, request));
    }
  }

  private static Form checked(Page page, Form form) {
    var checked = form;
    if (form.typed("reason") == null) {
      checked = checked.wrong(page, "reason", page.text("problem.reason"));
    }
    if (form.typed("since") != null && Typed.time(form.typed("since")).isEmpty()) {
      checked = checked.wrong(page, "since", page.text("problem.since"));
    }
    for (var field : new String[] {"most", "per_second"}) {
      if (Typed.number(form, field).isEmpty()) {
        checked = checked.wrong(page, field, page.text("problem." + field));
      }
    }
    return checked;
  }

  @GetMapping("/operations/quarantine/replays")
  ModelAndView all(Page page, @RequestParam(required = false) @Nullable String cursor) {
    return page.show(
        "operations/quarantine/replays",
        new ReplaysPage(Part.of(() -> api.replays(RUNS, cursor)), cursor == null));
  }

  @GetMapping("/operations/quarantine/replays/{id}")
  ModelAndView progress(@PathVariable String id, Page page, HttpServletRequest request) {
    var replay = Part.ofOne(() -> api.replay(id));
    var run = replay.value();
    // It may go on on another instance while this one is away.
    var seconds = run == null || run.isRunning() ? SECONDS : 0;
    return page.show(
        "operations/quarantine/replay",
        new ReplayPage(replay, Form.empty(), Refresh.every(seconds, request)));
  }

  @PostMapping("/operations/quarantine/replays/{id}/stop")
  String stop(@PathVariable String id, RedirectAttributes redirect) {
    try {
      api.stop(id);
      redirect.addFlashAttribute("done", "quarantine.stopping");
    } catch (ApiProblemException refused) {
      if (refused.status() != CONFLICT) {
        throw refused;
      }
      redirect.addFlashAttribute("done", "quarantine.has-ended");
    }
    return "redirect:/operations/quarantine/replays/{id}";
  }
}
