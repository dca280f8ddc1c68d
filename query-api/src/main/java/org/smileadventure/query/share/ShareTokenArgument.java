package org.smileadventure.query.share;

import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives endpoints the token of the link that somebody came with. */
@Component
class ShareTokenArgument implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == ShareToken.class;
  }

  @Override
  public ShareToken resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    var token = web.getHeader(ShareToken.HEADER);
    if (token == null || token.isBlank()) {
      throw new BadParameterException(ShareToken.HEADER, "the token of a link", "");
    }
    return new ShareToken(token);
  }
}
