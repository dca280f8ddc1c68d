package org.smileadventure.web;

import static java.util.Map.entry;

import java.util.Map;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Browsing.Colours;
import org.smileadventure.web.fixture.Browsing.Look;
import org.smileadventure.web.fixture.Site;
import org.smileadventure.web.fixture.Story;

/**
 * Each page, of a parent and of a professional, looked at in a language: nothing that axe knows
 * stands in anybody's way, nothing is wider than the window, and the browser complains of nothing.
 * Words and widths, widths and colours do not change each other's findings, so the widest window
 * and colours are looked at in English; of the words of {@code en-XA} and {@code ar-XB}, which
 * nobody reads, the width alone is looked at. {@code -Dsmile.all-looks=true} has all looked at in
 * all. Pictures of the pages are left in {@code target/screenshots}.
 */
final class Tour {
  private static final int[] WIDTHS = {320, 768, 1280};

  /** Whether every language is looked at in every width and colour. */
  static final boolean ALL = Boolean.getBoolean("smile.all-looks");

  private final Site.Person parent;
  private final Site.Person professional;
  private final Map<String, String> ofTheParent;
  private final Map<String, String> ofTheProfessional;

  /** Of two children who have played before. */
  Tour(Site site) {
    parent = site.person("parent");
    professional = site.person("professional");
    var sam = site.child(parent, "Sam");
    var mia = site.child(parent, "Mia");
    Story.halfAYear(site, sam);
    Story.threeSessions(site, mia);
    site.assign(professional, sam);
    var session =
        site.db()
            .sql(
                "SELECT id::text FROM game_sessions WHERE child_id = :child ORDER BY started_at"
                    + " LIMIT 1")
            .param("child", sam.value())
            .query(String.class)
            .single();
    var phase =
        site.db()
            .sql(
                """
                INSERT INTO child_phases (child_id, day, kind, label, made_by, made_as)
                SELECT id, current_date - 80, 'therapy', 'Speech therapy', parent_id, 'parent'
                FROM children WHERE id = :child
                RETURNING id::text
                """)
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
            entry("phase", child + "/phases/" + phase + "?figure=score"),
            entry("phase-edit", child + "/phases/" + phase + "/edit"),
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

  void in(String language) {
    var look = new Look(language, WIDTHS[0]);
    try (var browsing = Browsing.start(look, true)) {
      browsing.go("/login").choose(language);
      check(
          browsing,
          language,
          Map.of(
              "login", "/login",
              "register", "/register",
              "password", "/password",
              "missing", "/shared/no-such-link"));
      browsing.logIn(parent).choose(language);
      check(browsing, language, ofTheParent);
    }
    try (var browsing = Browsing.start(look, true)) {
      browsing.logIn(professional).choose(language);
      check(browsing, language, ofTheProfessional);
    }
  }

  private static boolean isPseudo(String language) {
    return language.equals("en-XA") || language.equals("ar-XB");
  }

  static void check(Browsing browsing, String language, Map<String, String> pages) {
    pages.forEach(
        (name, path) -> {
          browsing.go(path);
          for (var width : WIDTHS) {
            browsing.page().setViewportSize(width, 800);
            browsing.in(Colours.LIGHT).fitsTheWidth();
            if (width == WIDTHS[0] && (ALL || !isPseudo(language))) {
              browsing.isAccessible();
            } else if (ALL || (width == WIDTHS[2] && language.equals("en"))) {
              browsing.isAccessibleInOtherWidths();
            }
            if (ALL || (width == WIDTHS[0] && language.equals("en"))) {
              browsing.in(Colours.DARK).isLegible();
              browsing.in(Colours.FORCED).isLegible();
            }
          }
          browsing.in(Colours.LIGHT);
          if (language.equals("en")) {
            browsing.keep(name);
          }
        });
  }
}
