package org.smileadventure.web.feelings;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.language.Language;
import org.smileadventure.language.Vocabulary;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Api;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Site;
import org.smileadventure.web.fixture.Story;
import tools.jackson.databind.JsonNode;

@RealServers
class FeelingsPageTest {
  private static final Site SITE = Site.shared();
  private static final Site.Person PARENT = SITE.person("parent");
  private static final ChildId CHILD = SITE.child(PARENT, "Sam <script>");

  @BeforeAll
  static void play() {
    Story.halfAYear(SITE, CHILD);
  }

  @Test
  void tablesAreWhatTheApiTells() {
    var told = Api.as(PARENT).get("/api/v1/children/" + CHILD + "/analytics?window=90d", "en");
    try (var browsing = Browsing.start()) {
      browsing.logIn(PARENT).go("/children/" + CHILD + "/feelings?window=90d");
      browsing.page().locator("summary").all().forEach(summary -> summary.click());

      for (var state : told.path("emotions").path("states").properties()) {
        assertThat(cells(browsing.page(), "emotions", name("state", state.getKey())))
            .containsExactly(
                amount("minutes", state.getValue().path("seconds").doubleValue() / 60),
                amount("percent", state.getValue().path("share").doubleValue()));
      }
      assertThat(told.path("triggers").path("items")).isNotEmpty();
      for (var trigger : told.path("triggers").path("items")) {
        assertThat(
                cells(browsing.page(), "upsets", name("trigger", text(trigger, "trigger"))).get(2))
            .isEqualTo(amount("percent", trigger.path("shrunk_share").doubleValue()));
      }
      var strategy = told.path("strategies").path("items").path(0);
      var calming = strategy.path("calming");
      assertThat(cells(browsing.page(), "helps", name("strategy", text(strategy, "strategy"))))
          .contains(
              amount("of_5", strategy.path("effectiveness").doubleValue()),
              amount("seconds", calming.path("with").path("value").doubleValue()),
              amount("seconds", calming.path("without").path("value").doubleValue()),
              Vocabulary.name(Language.ENGLISH, "certainty", text(strategy, "certainty")));
      assertThat(browsing.page().locator("main svg").count()).isEqualTo(3);
      browsing.isAccessible();
      browsing.fitsTheWidth();
      browsing.keep("feelings");
    }
  }

  @Test
  void ofNoPlayItSaysSo() {
    var child = SITE.child(PARENT, "Mia");
    try (var browsing = Browsing.withoutJavaScript()) {
      browsing.logIn(PARENT).go("/children/" + child + "/feelings");

      assertThat(browsing.page().locator("main").textContent())
          .contains("No feeling was seen in these days.")
          .contains("It is too early to tell what Mia gets upset with.");
      assertThat(browsing.page().locator("main svg").count()).isZero();
    }
  }

  private static List<String> cells(Page page, String section, String row) {
    return page.locator(
            "section[aria-labelledby=%s] tr:has(th:has-text(\"%s\")) td".formatted(section, row))
        .allInnerTexts();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).stringValue();
  }

  private static String name(String kind, String value) {
    var name = Vocabulary.name(Language.ENGLISH, kind, value);
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static String amount(String unit, double value) {
    return Vocabulary.amount(Language.ENGLISH, unit, value);
  }
}
