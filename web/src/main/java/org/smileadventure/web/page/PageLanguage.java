package org.smileadventure.web.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.smileadventure.language.Language;
import org.smileadventure.web.login.LoggedIn;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.WebUtils;

/**
 * The language of a page: the one that was chosen in this browser, else that of the account, else
 * the one that the browser likes best. The API is asked in the same.
 */
@Component
public class PageLanguage implements ClientHttpRequestInterceptor {
  private static final String COOKIE = "__Host-language";

  private final boolean pseudo;

  PageLanguage(@Value("${smile.pseudo-locales:false}") boolean pseudo) {
    this.pseudo = pseudo;
  }

  /** Those that can be chosen. */
  List<Language> offered() {
    return pseudo ? List.of(Language.values()) : Language.spoken();
  }

  Language of(HttpServletRequest request) {
    var chosen = WebUtils.getCookie(request, COOKIE);
    if (chosen != null) {
      return Language.of(chosen.getValue(), pseudo);
    }
    var login = LoggedIn.current();
    return Language.of(
        login == null ? request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) : login.account().language(),
        pseudo);
  }

  /** Has this browser show pages in a language from now on. */
  void choose(String tag, HttpServletResponse response) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(COOKIE, Language.of(tag, pseudo).tag())
            .path("/")
            .secure(true)
            .httpOnly(true)
            .sameSite("Lax")
            .maxAge(Duration.ofDays(365))
            .build()
            .toString());
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes page) {
      request.getHeaders().set(HttpHeaders.ACCEPT_LANGUAGE, of(page.getRequest()).tag());
    }
    return execution.execute(request, body);
  }
}
