package org.smileadventure.web.population;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Site;

@RealServers
class PopulationPageTest {
  private static final Site SITE = Site.shared();

  @Test
  void ofTooFewChildrenNothingIsTold() {
    try (var browsing = Browsing.start()) {
      browsing.logIn(SITE.person("professional")).go("/population");

      assertThat(browsing.page().locator("main").innerText())
          .contains("There are too few children yet to tell anything.");
      assertThat(browsing.page().locator("td").allInnerTexts())
          .containsOnly("not told, so that nobody can be made out");
      browsing.isAccessible();
      browsing.fitsTheWidth();
    }
  }

  @Test
  void isNotForParents() {
    try (var browsing = Browsing.start()) {
      browsing.logIn(SITE.person("parent")).go("/population");

      assertThat(browsing.page().locator("h1").textContent())
          .isEqualTo("This is not for your account");
    }
  }
}
