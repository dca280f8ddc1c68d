package org.smileadventure.web.report;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.api.PassedOn;
import org.smileadventure.web.api.SideBySide;
import org.smileadventure.web.child.ChildAnswers;
import org.smileadventure.web.child.Pictures;
import org.smileadventure.web.child.Window;
import org.smileadventure.web.page.Form;
import org.smileadventure.web.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The report of a child, and the links to it. */
@Controller
class ReportEndpoint {
  private final Reports reports;
  private final ChildAnswers answers;
  private final Pictures pictures;
  private final PassedOn files;

  ReportEndpoint(Reports reports, ChildAnswers answers, Pictures pictures, PassedOn files) {
    this.reports = reports;
    this.answers = answers;
    this.pictures = pictures;
    this.files = files;
  }

  @GetMapping("/children/{id}/report")
  ModelAndView report(
      @PathVariable long id,
      @RequestParam(defaultValue = Window.USUAL) String window,
      Page page,
      Form form,
      Model flashed) {
    var made = flashed.getAttribute("link");
    return show(page, id, window, form, made == null ? null : made.toString());
  }

  @GetMapping("/children/{id}/report.{format:pdf|csv}")
  void file(
      @PathVariable long id,
      @PathVariable String format,
      @RequestParam(defaultValue = Window.USUAL) String window,
      HttpServletResponse response)
      throws IOException {
    files.send(
        response,
        Map.of(),
        "/api/v1/children/{id}/report?format={format}&window={window}",
        id,
        format,
        window);
  }

  @PostMapping("/children/{id}/report/links")
  ModelAndView share(@PathVariable long id, Page page, Form form, RedirectAttributes redirect) {
    var window = form.value("window").isEmpty() ? Window.USUAL : form.value("window");
    var days = form.value("days");
    try {
      var made =
          reports.share(
              id,
              new Reports.NewLink(
                  form.typed("label"),
                  days.matches("[0-9]{1,4}") ? Integer.valueOf(days) : null,
                  window));
      redirect.addFlashAttribute(
          "link",
          ServletUriComponentsBuilder.fromCurrentContextPath()
              .pathSegment("shared", made.token())
              .toUriString());
      redirect.addAttribute("window", window);
      return new ModelAndView("redirect:/children/" + id + "/report");
    } catch (ApiProblemException refused) {
      var typed =
          refused.status() == 409
              ? form.saying(page.text("report.too-many"))
              : form.refused(page, refused);
      return Form.again(refused, () -> show(page, id, window, typed, null));
    }
  }

  @PostMapping("/children/{id}/report/links/{link}/revoke")
  String revoke(@PathVariable long id, @PathVariable String link, RedirectAttributes redirect) {
    reports.revoke(id, link);
    redirect.addFlashAttribute("done", "report.revoked");
    return "redirect:/children/" + id + "/report";
  }

  @GetMapping("/children/{id}/report/links/{link}")
  ModelAndView looks(
      @PathVariable long id,
      @PathVariable String link,
      @RequestParam(required = false) @Nullable String cursor,
      Page page) {
    var looks = reports.looks(id, link, cursor);
    var known =
        reports.links(id).items().stream()
            .filter(one -> one.id().equals(link))
            .findFirst()
            .orElseThrow();
    return page.show(
        "report/looks",
        new ReportPage.Looks(answers.child(id), known, looks.items(), looks.nextCursor()));
  }

  private ModelAndView show(Page page, long id, String window, Form form, @Nullable String made) {
    try (var asked = new SideBySide()) {
      var report = asked.ask(() -> reports.report(id, window));
      var drawn = new DrawnPictures(asked, picture -> pictures.svg(id, picture, window));
      var links = asked.ask(() -> links(page, id));
      return page.show(
          "report/report",
          new ReportPage(
              report.get(),
              drawn.get(),
              links.get(),
              made,
              form.or(Map.of("days", "7", "window", window)),
              Form.empty()));
    }
  }

  /** Null: who looks does not decide who else may. */
  private @Nullable List<ReportPage.Link> links(Page page, long id) {
    var decides = page.viewer() != null && page.viewer().isParent();
    return decides ? reports.links(id).items() : null;
  }
}
