package org.smileadventure.web;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Browsing.Colours;
import org.smileadventure.web.fixture.Browsing.Look;
import org.smileadventure.web.fixture.Site;
import org.smileadventure.web.fixture.Story;

/**
 * Each page in each language, width and choice of colours: nothing that axe knows stands in
 * anybody's way, nothing is wider than the window, and the browser complains of nothing. Pictures
 * of them are left in {@code target/screenshots}.
 */
@RealServers
@Tag("slow")
class EveryPageTest {
  /** Of these, pictures are left for people to look at. */
  private static final Set<String> KEPT =
      Set.of(
          "en-320-LIGHT",
          "it-768-DARK",
          "en-1280-LIGHT",
          "en-768-FORCED",
          "en-XA-320-LIGHT",
          "ar-XB-768-LIGHT");

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

  static Stream<Look> looks() {
    return Look.all();
  }

  @ParameterizedTest
  @MethodSource("looks")
  void everyPageCanBeReadByEverybody(Look look) {
    try (var browsing = Browsing.start(look, true)) {
      browsing.go("/login").choose(look.language());
      check(
          browsing,
          look,
          Map.of(
              "login", "/login",
              "register", "/register",
              "password", "/password",
              "missing", "/shared/no-such-link"));
      browsing.logIn(parent).choose(look.language());
      check(browsing, look, ofTheParent);
    }
    try (var browsing = Browsing.start(look, true)) {
      browsing.logIn(professional).choose(look.language());
      check(browsing, look, ofTheProfessional);
    }
  }

  private static void check(Browsing browsing, Look look, Map<String, String> pages) {
    pages.forEach(
        (name, path) -> {
          browsing.in(Colours.LIGHT).go(path);
          browsing.fitsTheWidth();
          browsing.isAccessible();
          for (var colours : Colours.values()) {
            if (colours != Colours.LIGHT) {
              browsing.in(colours).isLegible();
            }
            var shown = look + "-" + colours;
            if (KEPT.contains(shown)) {
              browsing.keep(name + "-" + shown.toLowerCase(Locale.ROOT));
            }
          }
        });
  }
}
