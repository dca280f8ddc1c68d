package org.smileadventure.web.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Api;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Site;
import org.smileadventure.web.fixture.Story;

@RealServers
class SessionPageTest {
  private static final Site SITE = Site.shared();
  private static final Site.Person PARENT = SITE.person("parent");
  private static final ChildId CHILD = SITE.child(PARENT, "Sam");

  @BeforeAll
  static void play() {
    Story.halfAYear(SITE, CHILD);
  }

  @Test
  void ratingIsKeptAndShown() {
    var session = newest(0);
    try (var browsing = Browsing.withoutJavaScript()) {
      browsing.logIn(PARENT).go("/sessions/" + session);
      browsing.page().locator("[name=rating][value='4']").check();
      browsing.page().locator("#notes").fill("She <b>laughed</b>.");
      browsing.page().locator("section[aria-labelledby=rate] button").click();

      assertThat(browsing.page().locator("[role=status]").textContent())
          .isEqualTo("Your rating is kept.");
      assertThat(browsing.page().locator("[name=rating][value='4']").isChecked()).isTrue();
      assertThat(browsing.page().locator("#notes").inputValue()).isEqualTo("She <b>laughed</b>.");
      assertThat(
              Api.as(PARENT)
                  .get("/api/v1/sessions/" + session, "en")
                  .path("session")
                  .path("parent_rating")
                  .asInt())
          .isEqualTo(4);
    }
  }

  @Test
  void ratingThatIsNoneNamesTheFieldAndKeepsTheNotes() {
    try (var browsing = Browsing.start()) {
      browsing.logIn(PARENT).go("/sessions/" + newest(1));
      browsing.page().locator("#notes").fill("Loud next door");
      browsing.page().locator("section[aria-labelledby=rate] button").click();

      assertThat(browsing.page().locator("#rating-error").textContent())
          .isEqualTo("Please choose from 1 to 5.");
      assertThat(browsing.page().locator("#notes").inputValue()).isEqualTo("Loud next door");
      browsing.isAccessible();
    }
  }

  @Test
  void timeLineTellsFeelingsByTheClockOfTheChild() {
    try (var browsing = Browsing.start()) {
      browsing.logIn(PARENT).go("/sessions/" + newest(2));

      var moments = browsing.page().locator(".moments li").allInnerTexts();
      assertThat(moments.getFirst()).contains("It began. Feeling: anxious.");
      assertThat(moments.getFirst()).containsAnyOf("10:05", "16:05");
      assertThat(moments).anyMatch(moment -> moment.contains("Level 1 done."));
      assertThat(browsing.page().locator(".moment-distress").count()).isOne();
      browsing.isAccessible();
      browsing.fitsTheWidth();
      browsing.keep("session");
    }
  }

  @Test
  void earlierSessionsFollowAndTheFilterStays() {
    try (var browsing = Browsing.withoutJavaScript()) {
      browsing.logIn(PARENT).go("/children/" + CHILD + "/sessions");
      browsing.page().locator("#completion_status").selectOption("completed");
      browsing.page().locator(".filters button").click();
      var first = browsing.page().locator(".entries a").first().getAttribute("href");
      browsing.page().locator("a[rel=next]").click();

      assertThat(browsing.page().locator("#completion_status").inputValue()).isEqualTo("completed");
      assertThat(browsing.page().locator(".entries li").count()).isEqualTo(20);
      assertThat(browsing.page().locator(".entries a[href='" + first + "']").count()).isZero();

      browsing.go("/children/" + CHILD + "/sessions?completion_status=abandoned");
      assertThat(browsing.page().locator(".note").textContent())
          .isEqualTo("There is no such session.");
    }
  }

  @Test
  void sessionOfAStrangersChildIsMissing() {
    try (var browsing = Browsing.start()) {
      browsing.logIn(SITE.person("parent")).go("/sessions/" + newest(0));

      assertThat(browsing.page().locator("h1").textContent()).isEqualTo("There is no such page");
    }
  }

  @Test
  void professionalReadsTheRatingAndGivesNone() {
    var therapist = SITE.person("professional");
    SITE.assign(therapist, CHILD);
    try (var browsing = Browsing.start()) {
      browsing.logIn(therapist).go("/sessions/" + newest(3));

      assertThat(browsing.page().locator(".moments li").count()).isPositive();
      assertThat(browsing.page().locator("[name=rating]").count()).isZero();
    }
  }

  private static UUID newest(int place) {
    return SITE.db()
        .sql(
            """
            SELECT id FROM game_sessions WHERE child_id = :child
            ORDER BY started_at DESC OFFSET :place LIMIT 1
            """)
        .param("child", CHILD.value())
        .param("place", place)
        .query(UUID.class)
        .single();
  }
}
