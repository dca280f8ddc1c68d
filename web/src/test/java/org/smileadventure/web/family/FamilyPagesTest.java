package org.smileadventure.web.family;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Site;

@RealServers
class FamilyPagesTest {
  private static final Site SITE = Site.shared();
  private static final String PASSWORD = "A long and quiet passw0rd";
  private static final AtomicInteger PEOPLE = new AtomicInteger();

  @Test
  void parentComesFromTheFirstMailToTheErasureWithoutJavaScript() {
    var email = "new-" + PEOPLE.incrementAndGet() + "@example.org";
    try (var browsing = Browsing.withoutJavaScript()) {
      var page = browsing.go("/register").page();
      page.locator("#first_name").fill("Ada");
      page.locator("#last_name").fill("Rossi");
      page.locator("#email").fill(email);
      page.locator("#password").fill("short");
      page.locator("#timezone").selectOption("Europe/Rome");
      submit(page);
      assertThat(page.locator("#password-error").textContent()).contains("8 to 72");
      assertThat(page.locator("#first_name").inputValue()).isEqualTo("Ada");
      page.locator("#password").fill(PASSWORD);
      submit(page);
      assertThat(page.url()).endsWith("/register/sent");

      var mail = SITE.mail().await(email, 1);
      assertThat(mail.body()).contains(SITE.web() + "/verify?token=");
      browsing.go("/verify?token=" + mail.token());
      submit(page);
      assertThat(page.locator("main .done").textContent()).contains("verified");
      browsing.go("/verify?token=" + mail.token());
      submit(page);
      assertThat(page.locator("[role=alert]").textContent()).contains("used before");

      browsing.go("/login");
      page.locator("#email").fill(email);
      page.locator("#password").fill(PASSWORD);
      submit(page);
      browsing.go("/children/new");
      fillChild(page, "Zoë");
      submit(page);
      assertThat(page.locator(".error").textContent()).contains("Without this consent");
      page.locator("[name='consents.play_analytics']").press("Space");
      submit(page);
      assertThat(page.locator("h1").textContent()).contains("Zoë");
      var child = page.url().replaceFirst(".*/children/", "");

      browsing.go("/account/devices");
      page.locator("#name").fill("Tablet");
      submit(page);
      assertThat(page.locator("#token").inputValue()).startsWith("ey");
      browsing.go("/account/devices");
      assertThat(page.locator("#token").count()).isZero();
      assertThat(page.locator("main h2").first().textContent()).isEqualTo("Tablet");

      browsing.go("/children/" + child + "/family/data");
      page.locator("summary").press("Enter");
      page.locator("#confirm_name").fill("Somebody");
      page.locator("main .danger").press("Enter");
      assertThat(page.locator("#confirm_name-error").textContent()).contains("just as it stands");
      page.locator("#confirm_name").fill("Zoë");
      page.locator("main .danger").press("Enter");
      assertThat(page.url()).contains("/erasures/");
      assertThat(page.locator(".step-done").count()).isEqualTo(1);
      assertThat(browsing.go("/children/" + child + "/family").page().locator("h1").textContent())
          .isEqualTo("There is no such page");
    }
  }

  @Test
  void recordStoreIsAskedForOnTheFamilyPageOnly() {
    var parent = SITE.person("parent");
    var child = SITE.child(parent, "Sam");
    try (var browsing = Browsing.withoutJavaScript()) {
      browsing.logIn(parent).go("/children/new");
      var page = browsing.page();
      assertThat(page.locator("[name='consents.research_export']").isChecked()).isFalse();
      assertThat(page.locator("[name='consents.record_store']").count()).isZero();

      browsing.go("/children/" + child.value() + "/family");
      var recordStore = page.locator("li:has(input[value='record_store'])");
      assertThat(recordStore.locator("h3").textContent()).isEqualTo("Record store");
      assertThat(recordStore.locator("strong").textContent()).isEqualTo("No");
      recordStore.locator("button").press("Enter");
      assertThat(recordStore.locator("strong").textContent()).isEqualTo("Yes");
      recordStore.locator("button").press("Enter");
      assertThat(recordStore.locator("strong").textContent()).isEqualTo("No");
    }
  }

  @Test
  void formThatIsSentTwiceMakesOneChild() {
    var parent = SITE.person("parent");
    try (var browsing = Browsing.start()) {
      browsing.logIn(parent).go("/children/new");
      var page = browsing.page();
      fillChild(page, "Once");
      page.locator("[name='consents.play_analytics']").press("Space");
      page.evaluate(
          """
          () => {
            const form = document.querySelector('main form');
            const send = () => fetch(form.action, {
              method: 'POST', body: new URLSearchParams(new FormData(form))});
            return Promise.all([send(), send()]).then(all => all.map(one => one.url));
          }
          """);
      assertThat(
              SITE.db()
                  .sql("SELECT count(*) FROM children WHERE parent_id = :parent")
                  .param("parent", parent.id())
                  .query(Long.class)
                  .single())
          .isEqualTo(1);
    }
  }

  @Test
  void formIsBackAfterTheLoginEndedInItsMiddle() {
    var parent = SITE.person("parent");
    try (var browsing = Browsing.withoutJavaScript()) {
      browsing.logIn(parent).go("/children/new");
      var page = browsing.page();
      fillChild(page, "Not lost");
      browsing
          .context()
          .clearCookies(new BrowserContext.ClearCookiesOptions().setName("__Host-session"));
      submit(page);
      assertThat(page.url()).contains("/login");
      browsing.typeLogin(parent);
      assertThat(page.url()).contains("/children/new");
      assertThat(page.locator("#name").inputValue()).isEqualTo("Not lost");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "שרה \u200Fילדה",
        "🦊🦊🦊",
        "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
      })
  void noNameBreaksAPage(String name) {
    var parent = SITE.person("parent");
    var child = SITE.child(parent, name);
    try (var browsing = Browsing.start(new Browsing.Look("en", 320), true)) {
      browsing.logIn(parent);
      for (var path : new String[] {"family", "family/profile", "family/data", "report"}) {
        browsing.go("/children/" + child.value() + "/" + path);
        assertThat(browsing.page().locator("h1 bdi").textContent()).isEqualTo(name);
        browsing.fitsTheWidth();
        browsing.isAccessible();
      }
    }
  }

  @Test
  void strangersSeeNothingOfAFamily() {
    var child = SITE.child(SITE.person("parent"), "Sam");
    try (var browsing = Browsing.start()) {
      browsing.logIn(SITE.person("parent"));
      for (var path : new String[] {"family", "family/looks", "family/data", "report"}) {
        browsing.go("/children/" + child.value() + "/" + path);
        assertThat(browsing.page().locator("h1").textContent()).isEqualTo("There is no such page");
      }
    }
  }

  private static void fillChild(Page page, String name) {
    page.locator("#name").fill(name);
    page.locator("#date_of_birth").fill("2019-03-01");
    page.locator("#timezone").selectOption("Europe/Rome");
  }

  private static void submit(Page page) {
    page.locator("main form button").first().press("Enter");
  }
}
