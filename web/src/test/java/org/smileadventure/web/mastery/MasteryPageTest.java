package org.smileadventure.web.mastery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.smileadventure.language.Language;
import org.smileadventure.language.Vocabulary;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Api;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Site;
import org.smileadventure.web.fixture.Story;

@RealServers
class MasteryPageTest {
  private static final Site SITE = Site.shared();

  @Test
  void suggestionAndCourseAreWhatTheApiTells() {
    var parent = SITE.person("parent");
    var child = SITE.child(parent, "Sam");
    Story.halfAYear(SITE, child);
    var told = Api.as(parent).get("/api/v1/children/" + child + "/mastery", "en");
    try (var browsing = Browsing.start()) {
      browsing.logIn(parent).go("/children/" + child + "/next");
      browsing.page().locator("summary").all().forEach(summary -> summary.click());

      assertThat(browsing.page().locator("section[aria-labelledby=suggested]").innerText())
          .contains(told.path("next").path("sentence").asString())
          .contains(told.path("next").path("why").get(0).asString());
      var scenario = told.path("scenarios").get(0);
      assertThat(browsing.page().locator(".scenario").innerText())
          .contains(scenario.path("sentence").asString());
      var course = scenario.path("course");
      assertThat(course).hasSize(30);
      var first = browsing.page().locator(".scenario tbody tr").first();
      assertThat(first.locator("th").innerText())
          .isEqualTo(course.get(29).path("attempt").asString());
      assertThat(first.locator("td").last().innerText())
          .isEqualTo(
              Vocabulary.amount(
                  Language.ENGLISH,
                  "percent",
                  Math.clamp(
                      Math.rint(100 * course.get(29).path("probability").doubleValue()),
                      1.0,
                      99.0)));
      browsing.isAccessible();
      browsing.fitsTheWidth();
      browsing.keep("next");
    }
  }
}
