package org.smileadventure.web.times;

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
class TimesPageTest {
  private static final Site SITE = Site.shared();

  @Test
  void figuresAreWhatTheApiTells() {
    var parent = SITE.person("parent");
    var child = SITE.child(parent, "Sam");
    Story.halfAYear(SITE, child);
    var told = Api.as(parent).get("/api/v1/children/" + child + "/analytics?window=90d", "en");
    try (var browsing = Browsing.start()) {
      browsing.logIn(parent).go("/children/" + child + "/times?window=90d");
      browsing.page().locator("summary").all().forEach(summary -> summary.click());

      var hours = told.path("best_time").path("hours");
      assertThat(hours).isNotEmpty();
      var shown = browsing.page().locator("section[aria-labelledby=hours] tbody tr");
      for (int i = 0; i < hours.size(); i++) {
        assertThat(shown.nth(i).locator("td").allInnerTexts())
            .containsExactly(
                Vocabulary.amount(Language.ENGLISH, "sessions", hours.path(i).path("n").asInt()),
                Vocabulary.amount(
                    Language.ENGLISH, "of_100", hours.path(i).path("engagement").doubleValue()));
      }
      var support = told.path("support").path("engagement");
      assertThat(support.path("interval").path("low").doubleValue()).isPositive();
      assertThat(browsing.page().locator("section[aria-labelledby=support]").innerText())
          .contains("More engaged with somebody there.")
          .contains(
              Vocabulary.amount(
                  Language.ENGLISH, "of_100", support.path("with").path("mean").doubleValue()));
      browsing.isAccessible();
      browsing.fitsTheWidth();
      browsing.keep("times");
    }
  }
}
