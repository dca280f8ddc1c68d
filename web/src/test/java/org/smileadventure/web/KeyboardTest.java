package org.smileadventure.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Site;
import org.smileadventure.web.fixture.Story;

@RealServers
class KeyboardTest {
  private static final Site SITE = Site.shared();
  private static final int MOST_STEPS = 80;

  @Test
  void motherLogsInAndReadsWhyByKeyboardAlone() {
    var parent = SITE.person("parent");
    Story.halfAYear(SITE, SITE.child(parent, "Sam"));
    try (var browsing = Browsing.start()) {
      var page = browsing.go("/login").page();
      reach(page, "#email");
      page.keyboard().type(parent.email());
      reach(page, "#password");
      page.keyboard().type(Site.PASSWORD);
      page.keyboard().press("Enter");
      page.waitForURL(SITE.web() + "/");

      reach(page, "main a[href^='/children/']");
      page.keyboard().press("Enter");
      page.waitForURL("**/children/*");
      reach(page, "main details summary");
      page.keyboard().press("Enter");

      assertThat(page.locator("main details[open] li").first().textContent()).contains("sessions");
    }
  }

  @Test
  void firstStepLeadsPastTheNavigation() {
    try (var browsing = Browsing.start()) {
      var page = browsing.logIn(SITE.person("parent")).go("/meaning").page();
      reach(page, ".skip");
      page.keyboard().press("Enter");

      assertThat(page.evaluate("document.activeElement.id")).isEqualTo("content");
    }
  }

  /** Goes on with Tab until that has the focus, which can be seen wherever it is. */
  private static void reach(Page page, String selector) {
    for (int step = 0; step < MOST_STEPS; step++) {
      page.keyboard().press("Tab");
      if ((boolean) page.evaluate("s => document.activeElement.matches(s)", selector)) {
        assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
            .as("outline of %s", selector)
            .isNotEqualTo("none");
        return;
      }
    }
    throw new AssertionError(selector + " is not reached by the keyboard at " + page.url());
  }
}
