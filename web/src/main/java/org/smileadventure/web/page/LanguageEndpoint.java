package org.smileadventure.web.page;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.smileadventure.language.Language;
import org.smileadventure.web.api.ApiProblemException;
import org.smileadventure.web.login.LoggedIn;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PatchExchange;

/** Has pages in another language: in this browser, and kept for the account. */
@Controller
class LanguageEndpoint {
  private final PageLanguage language;
  private final AccountLanguage account;

  @HttpExchange("/api/v1")
  interface AccountLanguage {
    @PatchExchange(url = "/me", contentType = "application/merge-patch+json")
    void patch(@RequestBody Map<String, String> patch);
  }

  LanguageEndpoint(PageLanguage language, AccountLanguage account) {
    this.language = language;
    this.account = account;
  }

  @PostMapping("/language")
  String choose(
      @RequestParam String language, @RequestParam String back, HttpServletResponse response) {
    this.language.choose(language, response);
    if (LoggedIn.current() != null && isSpoken(language)) {
      try {
        account.patch(Map.of("language", language));
      } catch (ApiProblemException _) {
        // the browser keeps it, and the account what it had
      }
    }
    // A path of ours: two slashes would lead to another host.
    return "redirect:" + (back.matches("/(?![/\\\\]).*") ? back : "/");
  }

  private static boolean isSpoken(String tag) {
    return Language.spoken().stream().anyMatch(spoken -> spoken.tag().equals(tag));
  }
}
