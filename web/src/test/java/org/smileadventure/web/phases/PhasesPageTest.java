package org.smileadventure.web.phases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.smileadventure.language.Language;
import org.smileadventure.language.Vocabulary;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Api;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Site;
import org.smileadventure.web.fixture.Story;

@RealServers
class PhasesPageTest {
  private static final Site SITE = Site.shared();

  @Test
  void isAddedComparedAndRemovedWithoutJavaScript() {
    var parent = SITE.person("parent");
    var therapist = SITE.person("professional");
    var child = SITE.child(parent, "Sam");
    SITE.assign(therapist, child);
    Story.halfAYear(SITE, child);
    var day = LocalDate.now(ZoneOffset.UTC).minusDays(80).toString();
    try (var browsing = Browsing.withoutJavaScript()) {
      var page = browsing.page();
      browsing.logIn(therapist).go("/children/" + child + "/phases");
      page.locator("#label").fill("Speech & play");
      page.locator("section[aria-labelledby=add] button").click();

      assertThat(page.locator("#day-error").isVisible()).isTrue();
      assertThat(page.locator("#label").inputValue()).isEqualTo("Speech & play");

      page.locator("#day").fill(day);
      page.locator("section[aria-labelledby=add] button").click();
      assertThat(page.locator("[role=status]").textContent()).isEqualTo("It is noted.");
      assertThat(page.locator(".entries li").count()).isOne();

      page.locator(".entries a").click();
      var told =
          Api.as(therapist)
              .get(
                  "/api/v1"
                      + page.url().substring(SITE.web().toString().length())
                      + "/comparison?days=90",
                  "en");
      assertThat(told.path("figures")).isNotEmpty();
      var rows = page.locator("tbody tr");
      for (int i = 0; i < told.path("figures").size(); i++) {
        var figure = told.path("figures").path(i);
        assertThat(rows.nth(i).locator("td").first().innerText())
            .startsWith(
                Vocabulary.amount(
                    Language.ENGLISH,
                    figure.path("unit").stringValue(),
                    figure.path("before").path("mean").doubleValue()));
        assertThat(page.locator(".entries li").nth(i).innerText())
            .contains(figure.path("sentence").stringValue());
      }
      browsing.fitsTheWidth();
      browsing.keep("comparison");

      page.locator("main .actions a").click();
      page.locator(".entries button").click();
      assertThat(page.locator("[role=status]").textContent()).isEqualTo("It is removed.");
      assertThat(page.locator(".entries").count()).isZero();
    }
  }

  @Test
  void ofAStrangersChildIsMissing() {
    var child = SITE.child(SITE.person("parent"), "Sam");
    try (var browsing = Browsing.start()) {
      browsing.logIn(SITE.person("professional")).go("/children/" + child + "/phases");

      assertThat(browsing.page().locator("h1").textContent()).isEqualTo("There is no such page");
    }
  }
}
