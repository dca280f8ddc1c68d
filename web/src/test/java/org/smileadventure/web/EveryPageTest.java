package org.smileadventure.web;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Browsing.Colours;
import org.smileadventure.web.fixture.Browsing.Look;
import org.smileadventure.web.fixture.Site;
import org.smileadventure.web.fixture.Story;

/**
 * Each page in each language: nothing that axe knows stands in anybody's way, nothing is wider than
 * the window, and the browser complains of nothing. The colours of dark and forced ones are the
 * same in all languages and widths, so they are looked at once. The widths are shared among the
 * languages; {@code -Dsmile.widths="320 768 1280"} has each language looked at in all of them.
 * Pictures of the pages are left in {@code target/screenshots}.
 */
@RealServers
@Tag("slow")
class EveryPageTest {
  /** Whether nothing is left out for the sake of time. */
  private static final boolean ALL = System.getProperty("smile.widths") != null;

  private static final Site SITE = Site.shared();
  private static Site.Person parent = SITE.person("parent");
  private static Site.Person professional = SITE.person("professional");
  private static Map<String, String> ofTheParent = Map.of();
  private static Map<String, String> ofTheProfessional = Map.of();

  @BeforeAll
  static void play() {
    var sam = SITE.child(parent, "Sam");
    var mia = SITE.child(parent, "Mia");
    Story.halfAYear(SITE, sam);
    Story.threeSessions(SITE, mia);
    SITE.assign(professional, sam);
    var session =
        SITE.db()
            .sql(
                "SELECT id::text FROM game_sessions WHERE child_id = :child ORDER BY started_at"
                    + " LIMIT 1")
            .param("child", sam.value())
            .query(String.class)
            .single();
    var child = "/children/" + sam;
    ofTheParent =
        Map.ofEntries(
            entry("children", "/"),
            entry("child", child + "?window=90d"),
            entry("child-too-early", "/children/" + mia + "?window=90d"),
            entry("figure", child + "/figures/distress?window=90d"),
            entry("figure-too-early", "/children/" + mia + "/figures/score?window=30d"),
            entry("feelings", child + "/feelings?window=90d"),
            entry("sessions", child + "/sessions"),
            entry("session", "/sessions/" + session),
            entry("times", child + "/times?window=90d"),
            entry("next", child + "/next"),
            entry("report", child + "/report?window=90d"),
            entry("phases", child + "/phases"),
            entry("family", child + "/family"),
            entry("profile", child + "/family/profile"),
            entry("looks", child + "/family/looks"),
            entry("changes", child + "/family/changes"),
            entry("data", child + "/family/data"),
            entry("new-child", "/children/new"),
            entry("account", "/account"),
            entry("devices", "/account/devices"),
            entry("meaning", "/meaning"));
    ofTheProfessional =
        Map.of(
            "professional", "/",
            "population", "/population",
            "phases-professional", child + "/phases");
  }

  @ParameterizedTest
  @CsvSource({"en, 320", "it, 1280", "en-XA, 320", "ar-XB, 320"})
  void everyPageCanBeReadByEverybody(String language, String usual) {
    var widths = System.getProperty("smile.widths", usual);
    var pixels = Stream.of(widths.split(" ")).map(Integer::valueOf).toList();
    var look = new Look(language, pixels.getFirst());
    try (var browsing = Browsing.start(look, true)) {
      browsing.go("/login").choose(language);
      check(
          browsing,
          language,
          pixels,
          Map.of(
              "login", "/login",
              "register", "/register",
              "password", "/password",
              "missing", "/shared/no-such-link"));
      browsing.logIn(parent).choose(language);
      check(browsing, language, pixels, ofTheParent);
    }
    try (var browsing = Browsing.start(look, true)) {
      browsing.logIn(professional).choose(language);
      check(browsing, language, pixels, ofTheProfessional);
    }
  }

  private static void check(
      Browsing browsing, String language, List<Integer> widths, Map<String, String> pages) {
    pages.forEach(
        (name, path) -> {
          browsing.go(path);
          for (var width : widths) {
            browsing.page().setViewportSize(width, 800);
            browsing.fitsTheWidth();
            if (!language.contains("-") || ALL) {
              browsing.isAccessible();
            }
          }
          if (language.equals("en")) {
            browsing.in(Colours.FORCED).isLegible();
            browsing.in(Colours.DARK).isLegible();
            browsing.in(Colours.LIGHT).keep(name);
          }
        });
  }
}
