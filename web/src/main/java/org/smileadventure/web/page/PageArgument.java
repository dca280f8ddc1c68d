package org.smileadventure.web.page;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.login.LoggedIn;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlProvider;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Gives each page what it knows of itself. */
@Component
class PageArgument implements HandlerMethodArgumentResolver, WebMvcConfigurer {
  /** The flash attribute with the key of what was done just before. */
  static final String DONE = "done";

  private final PageLanguage language;
  private final FormArgument forms;
  private final ObjectProvider<ResourceUrlProvider> assets;

  PageArgument(
      PageLanguage language, FormArgument forms, ObjectProvider<ResourceUrlProvider> assets) {
    this.language = language;
    this.forms = forms;
    this.assets = assets;
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
    resolvers.add(forms);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Page.class;
  }

  @Override
  public Page resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    var response = requireNonNull(web.getNativeResponse(HttpServletResponse.class));
    var page = page(requireNonNull(web.getNativeRequest(HttpServletRequest.class)));
    response.setHeader(HttpHeaders.CONTENT_LANGUAGE, page.language().tag());
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
    return page;
  }

  Page page(HttpServletRequest request) {
    var login = LoggedIn.current();
    var flash = RequestContextUtils.getInputFlashMap(request);
    var done = flash == null ? null : flash.get(DONE);
    return new Page(
        language.of(request),
        language.offered(),
        request.getRequestURI(),
        login == null ? null : login.account(),
        (CsrfToken) request.getAttribute(CsrfToken.class.getName()),
        done == null ? null : done.toString(),
        assets.getObject());
  }
}
