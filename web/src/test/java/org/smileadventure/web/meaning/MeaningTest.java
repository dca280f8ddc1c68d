package org.smileadventure.web.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.child.Figure;
import org.smileadventure.web.fixture.Browsing;

@RealServers
class MeaningTest {
  @Test
  void everyFigureAndWordIsExplainedToEverybody() {
    try (var browsing = Browsing.start()) {
      var page = browsing.go("/meaning").page();

      assertThat(page.locator("main [id]").all().stream().map(MeaningTest::id))
          .containsAll(Figure.ALL)
          .contains("certainty", "clear", "likely", "unclear", "too_early", "picture")
          .doesNotHaveDuplicates();
      for (var link : page.locator("main a[href^='#']").all()) {
        assertThat(page.locator(link.getAttribute("href")).count()).isOne();
      }
      browsing.isAccessible();
      browsing.keep("meaning");
    }
  }

  private static String id(Locator element) {
    return element.getAttribute("id");
  }
}
