package org.smileadventure.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Site;

@RealServers
class LoginTest {
  private static final Site SITE = Site.shared();

  @Test
  void wrongPasswordIsToldAndTheAddressStays() {
    try (var browsing = Browsing.start()) {
      browsing.go("/login");
      browsing.page().locator("#email").fill("nobody@example.org");
      browsing.page().locator("#password").fill("wrong");
      browsing.page().locator("main button").click();

      assertThat(browsing.page().locator("[role=alert]").textContent()).contains("is wrong");
      assertThat(browsing.page().locator("#email").inputValue()).isEqualTo("nobody@example.org");
      assertThat(browsing.page().locator("#password").inputValue()).isEmpty();
    }
  }

  @Test
  void tokensNeverReachTheBrowser() {
    var parent = SITE.person("parent");
    try (var browsing = Browsing.start()) {
      browsing.logIn(parent).go("/");

      assertThat(browsing.context().cookies())
          .extracting(cookie -> cookie.name)
          .containsExactlyInAnyOrder("__Host-session", "__Host-csrf");
      assertThat(browsing.context().cookies())
          .allMatch(cookie -> cookie.secure && cookie.httpOnly && !cookie.value.startsWith("ey"));
      browsing.keep("children");
    }
  }
}
