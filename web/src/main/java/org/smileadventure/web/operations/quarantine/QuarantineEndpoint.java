package org.smileadventure.web.operations.quarantine;

import jakarta.servlet.http.HttpServletRequest;
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

/** What was set aside: counted, looked at, tried, and sent again one by one. */
@Controller
class QuarantineEndpoint {
  private static final int SECONDS = 10;
  private static final int LAST_REPLAYS = 5;
  private static final int RECORDS = 50;
  private static final int CHECKED = 200;
  private static final int CONFLICT = 409;

  private final QuarantineApi api;

  QuarantineEndpoint(QuarantineApi api) {
    this.api = api;
  }

  @GetMapping("/operations/quarantine")
  ModelAndView quarantine(Page page, HttpServletRequest request) {
    return show(page, ReplayEndpoint.usual(), request);
  }

  ModelAndView show(Page page, Form sending, HttpServletRequest request) {
    try (var asked = new SideBySide()) {
      var counts = asked.ask(() -> api.counts());
      var replays = asked.ask(() -> api.replays(LAST_REPLAYS, null));
      return page.show(
          "operations/quarantine/quarantine",
          new QuarantinePage(
              Part.of(counts),
              Part.of(replays),
              Form.empty(),
              sending,
              Refresh.every(SECONDS, request)));
    }
  }

  @PostMapping("/operations/quarantine/seen")
  String see(@RequestParam("up_to") long upTo, RedirectAttributes redirect) {
    api.see(new QuarantineApi.Seen(upTo));
    redirect.addFlashAttribute("done", "quarantine.was-seen");
    return "redirect:/operations/quarantine";
  }

  @GetMapping("/operations/quarantine/records")
  ModelAndView records(
      Page page,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable String since,
      @RequestParam(required = false) @Nullable String cursor) {
    var choices = Choices.of(reason, since);
    var records =
        choices.isTime()
            ? Part.of(() -> api.records(choices.reason(), choices.time(), RECORDS, cursor))
            : null;
    return page.show(
        "operations/quarantine/records",
        new RecordsPage(choices, choices.form(page), records, cursor == null));
  }

  /** It changes nothing, so it has an address. */
  @GetMapping("/operations/quarantine/check")
  ModelAndView check(
      Page page,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable String since,
      @RequestParam(required = false) @Nullable String cursor) {
    var choices = Choices.of(reason, since);
    var check =
        choices.isTime()
            ? Part.of(() -> api.check(choices.reason(), choices.time(), CHECKED, cursor))
            : null;
    return page.show(
        "operations/quarantine/check",
        new CheckPage(
            choices,
            choices.form(page),
            check,
            ReplayEndpoint.usual().or(choices.form(page).values())));
  }

  /** Before it is shown, the reader is told that a look at it is on record. */
  @GetMapping("/operations/quarantine/{id:[0-9]{1,18}}")
  ModelAndView look(
      @PathVariable long id, Page page, @RequestParam(required = false) @Nullable String look) {
    return show(page, id, look != null, null);
  }

  @PostMapping("/operations/quarantine/{id:[0-9]{1,18}}/send")
  ModelAndView send(@PathVariable long id, Page page, RedirectAttributes redirect) {
    try {
      api.send(id);
    } catch (ApiProblemException refused) {
      var why =
          refused.status() == CONFLICT
              ? page.text("quarantine.cannot-be-sent")
              : Form.empty().refused(page, refused).problem();
      return Form.again(refused, () -> show(page, id, false, why));
    }
    redirect.addFlashAttribute("done", "quarantine.was-sent");
    return new ModelAndView("redirect:/operations/quarantine/" + id);
  }

  private ModelAndView show(Page page, long id, boolean look, @Nullable String problem) {
    return page.show(
        "operations/quarantine/record",
        new RecordPage(id, look ? Part.ofOne(() -> api.whole(id)) : null, Form.empty(), problem));
  }
}
