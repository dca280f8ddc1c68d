package org.smileadventure.web.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Site;
import org.smileadventure.web.fixture.Story;

@RealServers
class SharedReportTest {
  private static final Site SITE = Site.shared();

  @Test
  void strangerReadsTheReportByALinkUntilItIsTakenBack() {
    var parent = SITE.person("parent");
    var child = SITE.child(parent, "Sam");
    Story.halfAYear(SITE, child);
    var report = "/children/" + child.value() + "/report";
    try (var browsing = Browsing.withoutJavaScript();
        var stranger = Browsing.start()) {
      var page = browsing.logIn(parent).go(report).page();
      page.locator("#label").fill("Dr. Rossi");
      page.locator("#days").fill("31");
      make(page);
      assertThat(page.locator("#days-error").textContent()).contains("1 to 30");
      assertThat(page.locator("#label").inputValue()).isEqualTo("Dr. Rossi");
      page.locator("#days").fill("7");
      make(page);
      var link = page.locator("#link").inputValue();
      assertThat(link).startsWith(SITE.web() + "/shared/");
      assertThat(browsing.go(report).page().locator("#link").count()).isZero();

      var shown = stranger.page().navigate(link);
      assertThat(shown.status()).isEqualTo(200);
      assertThat(shown.headers())
          .containsEntry("referrer-policy", "no-referrer")
          .hasEntrySatisfying("cache-control", value -> assertThat(value).contains("no-store"))
          .hasEntrySatisfying("x-robots-tag", value -> assertThat(value).contains("noindex"));
      assertThat(stranger.page().locator("h1").textContent()).contains("Sam");
      assertThat(stranger.page().locator(".picture svg").count()).isEqualTo(5);
      assertThat(stranger.page().locator("#link, #share").count()).isZero();
      stranger.isAccessible();
      stranger.keep("shared-report");
      var paper = stranger.page().request().get(link + "/report.pdf");
      assertThat(paper.headers()).containsEntry("content-type", "application/pdf");
      assertThat(paper.body()).startsWith("%PDF".getBytes(UTF_8));

      browsing.go(report);
      assertThat(page.locator(".rows").textContent()).contains("Dr. Rossi").contains("Looked at");
      page.locator(".rows button").press("Enter");
      assertThat(page.locator("main .done").textContent()).contains("taken back");
      assertThat(stranger.page().navigate(link).status()).isEqualTo(410);
      assertThat(stranger.page().locator("h1").textContent()).isEqualTo("This link has ended");
      assertThat(stranger.page().request().get(link + "/report.pdf").status()).isEqualTo(410);
    }
  }

  private static void make(Page page) {
    page.locator("#days").press("Enter");
  }
}
