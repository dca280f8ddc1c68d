package org.smileadventure.web.children;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Site;
import org.smileadventure.web.fixture.Story;

@RealServers
class ChildrenTest {
  private static final Site SITE = Site.shared();

  @Test
  void childrenOfTheSameNameAndAgeAreToldApart() {
    var parent = SITE.person("parent");
    var one = SITE.child(parent, "Sam");
    var other = SITE.child(parent, "Sam");
    Story.threeSessions(SITE, one);
    try (var browsing = Browsing.start()) {
      var page = browsing.logIn(parent).go("/").page();

      assertThat(page.locator("h2").allTextContents())
          .hasSize(2)
          .anyMatch(name -> name.contains("No. " + one.value()))
          .anyMatch(name -> name.contains("No. " + other.value()));
      assertThat(page.locator(".card").first().textContent())
          .contains("Too early to tell", "3 sessions");
      assertThat(page.locator(".card").last().textContent()).contains("Has not played yet");
      browsing.isAccessible();
      page.locator(".card").first().click();
      assertThat(page.url()).endsWith("/children/" + one.value());
    }
  }

  @Test
  void whatGetsBetterIsSaid() {
    var parent = SITE.person("parent");
    Story.halfAYear(SITE, SITE.child(parent, "Sam"));
    try (var browsing = Browsing.start()) {
      var page = browsing.logIn(parent).go("/").page();

      assertThat(page.locator(".says").allTextContents()).contains("The score goes up");
    }
  }

  @Test
  void parentWithoutAChildIsToldToAddOne() {
    try (var browsing = Browsing.start()) {
      var page = browsing.logIn(SITE.person("parent")).go("/").page();

      assertThat(page.locator("main .button").getAttribute("href")).isEqualTo("/children/new");
    }
  }

  @Test
  void professionalSeesWhoIsAssignedAndAddsNobody() {
    var professional = SITE.person("professional");
    SITE.assign(professional, SITE.child(SITE.person("parent"), "Ali"));
    SITE.child(SITE.person("parent"), "Not assigned");
    try (var browsing = Browsing.start()) {
      var page = browsing.logIn(professional).go("/").page();

      assertThat(page.locator("h2 bdi").allTextContents()).containsExactly("Ali");
      assertThat(page.locator("a[href='/children/new']").count()).isZero();
    }
  }
}
