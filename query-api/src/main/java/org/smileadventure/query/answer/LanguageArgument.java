package org.smileadventure.query.answer;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.smileadventure.language.Language;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives endpoints whose answers have sentences the language that {@code Accept-Language} likes. */
@Component
class LanguageArgument implements HandlerMethodArgumentResolver {
  private final boolean pseudo;

  LanguageArgument(@Value("${smile.pseudo-locales:false}") boolean pseudo) {
    this.pseudo = pseudo;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Language.class;
  }

  @Override
  public Language resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    var language = Language.of(web.getHeader(HttpHeaders.ACCEPT_LANGUAGE), pseudo);
    var response = requireNonNull(web.getNativeResponse(HttpServletResponse.class));
    response.setHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag());
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
    return language;
  }
}
