package org.smileadventure.query.answer;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.http.Negotiation;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives endpoints the format that the parameter {@code format} names, or else the one of those that
 * are {@link Offered} which the header {@code Accept} likes best.
 */
@Component
class FormatArgument implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Format.class;
  }

  @Override
  public Format resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders)
      throws HttpMediaTypeNotAcceptableException {
    requireNonNull(web.getNativeResponse(HttpServletResponse.class))
        .addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    var offered = requireNonNull(parameter.getParameterAnnotation(Offered.class)).value();
    var named = web.getParameter("format");
    var formats = named == null ? Arrays.asList(offered) : List.of(Format.of(named, offered));
    var accept = web.getHeaderValues(HttpHeaders.ACCEPT);
    var best =
        Negotiation.best(
            accept == null ? List.of() : List.of(accept),
            formats.stream().map(Format::mediaType).toList());
    return formats.stream()
        .filter(format -> format.mediaType().equals(best))
        .findFirst()
        .orElseThrow();
  }
}
