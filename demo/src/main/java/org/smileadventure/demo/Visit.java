package org.smileadventure.demo;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.localstack.Chromium;

/** Looks at the pages as a parent would, in a browser. */
final class Visit {
  private static final List<String> OF_A_CHILD =
      List.of(
          "?window=90d",
          "/figures/distress?window=90d",
          "/feelings?window=90d",
          "/phases",
          "/report?window=90d");

  private Visit() {}

  /**
   * How many pages this parent was shown; empty if the machine has no browser.
   *
   * @throws DemoFailure if one is not there, or shows nothing of the child
   */
  static OptionalInt by(String email, String password, URI pages, ChildId child) {
    var chromium = Chromium.open();
    if (chromium.isEmpty()) {
      return OptionalInt.empty();
    }
    try (var browser = chromium.get()) {
      var page = browser.browser().newPage();
      page.navigate(pages + "/login");
      page.locator("#email").fill(email);
      page.locator("#password").fill(password);
      page.locator("main button").first().click();
      require(page, page.locator("a[href*='/children/" + child + "']").count() > 0);
      for (var path : OF_A_CHILD) {
        var response = page.navigate(pages + "/children/" + child + path);
        require(page, response != null && response.ok() && page.locator("h1").count() == 1);
      }
      return OptionalInt.of(1 + OF_A_CHILD.size());
    }
  }

  private static void require(Page page, boolean holds) {
    if (!holds) {
      throw new DemoFailure("the page at %s is not as expected".formatted(page.url()));
    }
  }
}
