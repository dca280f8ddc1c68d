package org.smileadventure.web.operations.jobs;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.api.SideBySide;
import org.smileadventure.web.operations.Part;
import org.smileadventure.web.operations.Refresh;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One run: how far it is, and what to do about it. */
@Controller
class RunEndpoint {
  private static final int SECONDS = 2;
  private static final int RANGES = 50;
  private static final int CONFLICT = 409;

  private final JobsApi api;

  RunEndpoint(JobsApi api) {
    this.api = api;
  }

  @GetMapping("/operations/runs/{id}")
  ModelAndView run(
      @PathVariable long id,
      Page page,
      @RequestParam(required = false) @Nullable String step,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request) {
    var wanted = status == null || status.isBlank() ? null : status;
    return show(page, id, step, wanted, cursor, null, request);
  }

  private ModelAndView show(
      Page page,
      long id,
      @Nullable String step,
      @Nullable String status,
      @Nullable String cursor,
      @Nullable String problem,
      HttpServletRequest request) {
    try (var asked = new SideBySide()) {
      var found = asked.ask(() -> api.run(id));
      var ranges =
          step == null ? null : asked.ask(() -> api.ranges(id, step, status, RANGES, cursor));
      var run = Part.ofOne(found);
      var isOn = run.value() == null || run.value().isGoingOn();
      return page.show(
          "operations/jobs/run",
          new RunPage(
              id,
              run,
              ranges == null ? null : Part.of(ranges),
              step,
              status,
              problem,
              Form.empty(),
              Refresh.every(isOn ? SECONDS : 0, request)));
    }
  }

  @PostMapping("/operations/runs/{id}/stop")
  ModelAndView stop(
      @PathVariable long id, Page page, HttpServletRequest request, RedirectAttributes redirect) {
    return act(
        id,
        page,
        request,
        redirect,
        "jobs.stopping",
        () -> {
          api.stop(id);
          return id;
        });
  }

  @PostMapping("/operations/runs/{id}/restart")
  ModelAndView restart(
      @PathVariable long id, Page page, HttpServletRequest request, RedirectAttributes redirect) {
    return act(id, page, request, redirect, "jobs.goes-on", () -> api.restart(id).id());
  }

  @PostMapping("/operations/runs/{id}/abandon")
  ModelAndView abandon(
      @PathVariable long id, Page page, HttpServletRequest request, RedirectAttributes redirect) {
    return act(
        id,
        page,
        request,
        redirect,
        "jobs.was-abandoned",
        () -> {
          api.abandon(id);
          return id;
        });
  }

  /** The act says which run to show next. */
  private ModelAndView act(
      long id,
      Page page,
      HttpServletRequest request,
      RedirectAttributes redirect,
      String done,
      Supplier<Long> act) {
    try {
      var next = act.get();
      redirect.addFlashAttribute("done", done);
      return new ModelAndView("redirect:/operations/runs/" + next);
    } catch (ApiProblemException refused) {
      var why =
          refused.status() == CONFLICT
              ? page.text("jobs.not-now")
              : Form.empty().refused(page, refused).problem();
      return Form.again(refused, () -> show(page, id, null, null, null, why, request));
    }
  }
}
