package org.smileadventure.web.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.language.Language;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.api.PassedOn;
import org.smileadventure.web.api.SideBySide;
import org.smileadventure.web.page.Page;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** A report for who was given a link to it. */
@Controller
class SharedEndpoint {
  private final Reports reports;
  private final PassedOn files;

  SharedEndpoint(Reports reports, PassedOn files) {
    this.reports = reports;
    this.files = files;
  }

  /** The link is told to nobody: to no other page, no search engine and no cache. */
  @ModelAttribute
  void keepToThemselves(HttpServletResponse response) {
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Robots-Tag", "noindex, nofollow, noarchive");
  }

  @GetMapping("/shared/{token}")
  ModelAndView shared(@PathVariable String token, Page page) {
    try (var asked = new SideBySide()) {
      var report = reports.shared(token);
      var drawn = new DrawnPictures(asked, picture -> picture(token, picture));
      return page.in(Language.of(report.language(), true))
          .show("report/shared", new SharedPage(report, drawn.get()));
    } catch (ApiProblemException refused) {
      return over(page, refused);
    }
  }

  private String picture(String token, String picture) {
    return new String(reports.sharedPicture(token, picture), UTF_8);
  }

  @GetMapping("/shared/{token}/report.pdf")
  @Nullable ModelAndView paper(@PathVariable String token, Page page, HttpServletResponse response)
      throws IOException {
    try {
      files.send(response, Map.of(Reports.SHARE, token), "/api/v1/shared/report");
      return null; // it is sent
    } catch (ApiProblemException refused) {
      return over(page, refused);
    }
  }

  private static ModelAndView over(Page page, ApiProblemException refused) {
    var kind =
        switch (refused.status()) {
          case 400, 404 -> "unknown";
          case 410 -> "over";
          case 429 -> "waiting";
          default -> throw refused;
        };
    var shown = page.show("report/over", kind);
    shown.setStatus(
        refused.status() == 400 ? HttpStatus.NOT_FOUND : HttpStatus.valueOf(refused.status()));
    return shown;
  }
}
