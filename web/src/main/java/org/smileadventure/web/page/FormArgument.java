package org.smileadventure.web.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives pages what was typed: with this request, or before the login ended. */
@Component
class FormArgument implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Form.class;
  }

  @Override
  public Form resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    var request = Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
    if (HttpMethod.GET.matches(request.getMethod())) {
      return Form.of(KeptForms.take(request));
    }
    var values = new HashMap<String, String>();
    request
        .getParameterMap()
        .forEach(
            (name, all) -> {
              if (!Form.OURS.contains(name)) {
                values.put(name, all[0]);
              }
            });
    return Form.of(values);
  }
}
