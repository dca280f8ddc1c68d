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
  void isAddedChangedComparedAndRemovedWithoutJavaScript() {
    var parent = SITE.person("parent");
    var therapist = SITE.person("professional");
    var child = SITE.child(parent, "Sam");
    SITE.assign(therapist, child);
    Story.halfAYear(SITE, child);
    var day = LocalDate.now(ZoneOffset.UTC).minusDays(80);
    try (var browsing = Browsing.withoutJavaScript()) {
      var page = browsing.page();
      browsing.logIn(therapist).go("/children/" + child + "/phases");
      page.locator("#label").fill("Speech & play");
      page.locator("section[aria-labelledby=add] button").click();

      assertThat(page.locator("#day-error").isVisible()).isTrue();
      assertThat(page.locator("#label").inputValue()).isEqualTo("Speech & play");

      page.locator("#day").fill(day.toString());
      page.locator("section[aria-labelledby=add] button").click();
      assertThat(page.locator("[role=status]").textContent()).isEqualTo("It is noted.");
      assertThat(page.locator(".entries li").count()).isOne();

      page.locator(".entries form a").click();
      assertThat(page.locator("#day").inputValue()).isEqualTo(day.toString());
      page.locator("#until").fill(day.minusDays(1).toString());
      page.locator("section[aria-labelledby=edit] button").click();
      assertThat(page.locator("#until-error").isVisible()).isTrue();
      assertThat(page.locator("#until").inputValue()).isEqualTo(day.minusDays(1).toString());
      page.locator("#until").fill("");
      page.locator("#kind").selectOption("medication");
      page.locator("section[aria-labelledby=edit] button").click();
      assertThat(page.locator("[role=status]").textContent()).isEqualTo("It is changed.");
      assertThat(page.locator(".entries li").innerText()).contains("Medication");

      page.locator(".entries li > a").click();
      showsTheEffect(browsing, therapist);

      page.locator("main .actions a").last().click();
      page.locator(".entries button").click();
      assertThat(page.locator("[role=status]").textContent()).isEqualTo("It is removed.");
      assertThat(page.locator(".entries").count()).isZero();
    }
  }

  /** As the API tells it: sentences, middle values, corrected Tau, the picture and the tables. */
  private static void showsTheEffect(Browsing browsing, Site.Person viewer) {
    var page = browsing.page();
    var path = page.url().substring(SITE.web().toString().length());
    var told = Api.as(viewer).get("/api/v1" + path + "/comparison?figure=score", "en");
    assertThat(told.path("figures").size()).isEqualTo(6);
    page.locator(".tabs.figures a[href$='figure=score']").click();
    var rows = page.locator("#comparison tbody tr");
    for (int i = 0; i < told.path("figures").size(); i++) {
      var figure = told.path("figures").path(i);
      assertThat(rows.nth(i).locator("td").first().innerText())
          .startsWith(
              Vocabulary.amount(
                  Language.ENGLISH,
                  figure.path("unit").stringValue(),
                  figure.path("before").path("median").doubleValue()));
      assertThat(rows.nth(i).innerText())
          .contains(
              "%.2f"
                  .formatted(
                      figure.path("change").path("corrected_tau").path("high").doubleValue()));
      assertThat(page.locator(".sentences li").nth(i).innerText())
          .contains(figure.path("sentence").stringValue());
    }
    assertThat(page.locator(".says").innerText())
        .isEqualTo(told.path("figures").path(0).path("sentence").stringValue());
    assertThat(page.locator("figure svg.pic desc").textContent())
        .contains("Each mark is a session");
    page.locator("section.card summary").click();
    assertThat(page.locator("#values tbody tr").count())
        .isEqualTo(
            told.path("points").path("before").size() + told.path("points").path("during").size());
    assertThat(page.locator("a[download]").count()).isEqualTo(2);
    var points = page.waitForDownload(() -> page.locator("a[download]").first().click());
    assertThat(points.suggestedFilename()).startsWith("score-").endsWith(".csv");
    var effects = page.waitForDownload(() -> page.locator("a[download]").last().click());
    assertThat(effects.suggestedFilename()).startsWith("effects-").endsWith(".csv");
    browsing.fitsTheWidth();
    browsing.keep("comparison");
  }

  @Test
  void changeAfterSomebodyElsesIsRefusedOnceAndKeepsWhatWasTyped() {
    var parent = SITE.person("parent");
    var therapist = SITE.person("professional");
    var child = SITE.child(parent, "Sam");
    SITE.assign(therapist, child);
    var api = Api.as(parent);
    var phases = "/api/v1/children/" + child + "/phases";
    try (var browsing = Browsing.withoutJavaScript()) {
      var page = browsing.page();
      browsing.logIn(therapist).go("/children/" + child + "/phases");
      page.locator("#label").fill("Speech therapy");
      page.locator("#day").fill(LocalDate.now(ZoneOffset.UTC).minusDays(80).toString());
      page.locator("section[aria-labelledby=add] button").click();
      page.locator(".entries form a").click();
      var noted = api.get(phases, "en").path("items").path(0);
      api.change(
          phases + "/" + noted.path("id").stringValue(),
          noted.path("version").longValue(),
          "{\"kind\": \"other\"}");
      page.locator("#label").fill("Speech & play");
      page.locator("section[aria-labelledby=edit] button").click();

      assertThat(page.locator("[role=alert]").textContent())
          .contains("Somebody changed this at the same time.");
      assertThat(page.locator("#label").inputValue()).isEqualTo("Speech & play");
      assertThat(page.locator("#kind").inputValue()).isEqualTo("therapy");
      assertThat(label(api, phases)).isEqualTo("Speech therapy");

      page.locator("section[aria-labelledby=edit] button").click();
      assertThat(page.locator("[role=status]").textContent()).isEqualTo("It is changed.");
      assertThat(label(api, phases)).isEqualTo("Speech & play");
    }
  }

  private static String label(Api api, String phases) {
    return api.get(phases, "en").path("items").path(0).path("label").stringValue();
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
