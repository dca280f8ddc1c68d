package org.smileadventure.web.operations.jobs;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
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

/** The jobs: when they ran, and one more run. */
@Controller
class JobsEndpoint {
  private static final int SECONDS = 10;
  private static final int RUNS = 20;
  private static final int CONFLICT = 409;

  private final JobsApi api;

  JobsEndpoint(JobsApi api) {
    this.api = api;
  }

  @GetMapping("/operations/jobs")
  ModelAndView jobs(Page page, HttpServletRequest request) {
    return page.show(
        "operations/jobs/jobs", new JobsPage(Part.of(api::jobs), Refresh.every(SECONDS, request)));
  }

  @GetMapping("/operations/jobs/{name:[a-z-]+}")
  ModelAndView job(
      @PathVariable String name,
      Page page,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String cursor) {
    return show(page, name, filter(page, status, from, to), cursor, Form.empty());
  }

  @PostMapping("/operations/jobs/{name:[a-z-]+}")
  ModelAndView start(@PathVariable String name, Page page, Form form, RedirectAttributes redirect) {
    var arguments = new HashMap<String, String>();
    for (var argument : JobPage.arguments(name)) {
      var typed = form.typed(argument);
      if (typed != null) {
        arguments.put(argument, typed);
      }
    }
    try {
      var run = api.start(name, arguments);
      redirect.addFlashAttribute("done", "jobs.was-started");
      return new ModelAndView("redirect:/operations/runs/" + run.id());
    } catch (ApiProblemException refused) {
      var again =
          refused.status() == CONFLICT
              ? form.saying(page.text("jobs.another-runs"))
              : form.refused(page, refused);
      return Form.again(refused, () -> show(page, name, Form.empty(), null, again));
    }
  }

  private static Form filter(
      Page page, @Nullable String status, @Nullable String from, @Nullable String to) {
    var values = new HashMap<String, String>();
    add(values, "status", status);
    add(values, "from", from);
    add(values, "to", to);
    var form = Form.of(values);
    for (var field : new String[] {"from", "to"}) {
      if (form.typed(field) != null && day(form, field) == null) {
        form = form.wrong(page, field, page.text("problem." + field));
      }
    }
    return form;
  }

  private static void add(Map<String, String> values, String field, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      values.put(field, value.strip());
    }
  }

  private static @Nullable LocalDate day(Form form, String field) {
    try {
      return form.typed(field) == null
          ? null
          : LocalDate.parse(Objects.requireNonNull(form.typed(field)));
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** The days are of UTC, and both of them are meant. */
  private ModelAndView show(
      Page page, String name, Form filter, @Nullable String cursor, Form starting) {
    var history =
        filter.errors().isEmpty()
            ? Part.ofOne(
                () ->
                    api.history(
                        name,
                        filter.typed("status"),
                        begin(day(filter, "from"), 0),
                        begin(day(filter, "to"), 1),
                        RUNS,
                        cursor))
            : null;
    return page.show(
        "operations/jobs/job", new JobPage(name, filter, history, cursor == null, starting));
  }

  private static @Nullable Instant begin(@Nullable LocalDate day, int later) {
    return day == null ? null : day.plusDays(later).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
