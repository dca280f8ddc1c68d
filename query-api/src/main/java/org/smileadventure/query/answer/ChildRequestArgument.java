package org.smileadventure.query.answer;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.BadParameterException;
import org.springframework.core.MethodParameter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/** Gives endpoints who asks for what, as {@link Asked} or {@link ChildRequest}. */
@Component
class ChildRequestArgument implements HandlerMethodArgumentResolver {
  private static final int LARGEST_ID_DIGITS = 18;

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == ChildRequest.class
        || parameter.getParameterType() == Asked.class;
  }

  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    var request = (HttpServletRequest) web.getNativeRequest();
    if (!(request.getUserPrincipal() instanceof JwtAuthenticationToken token)) {
      throw new IllegalStateException("a rule of access lets somebody without a token in");
    }
    var viewer = Viewer.of(token.getToken());
    var fields = web.getParameter("fields");
    var asked =
        new Asked(
            viewer,
            fields == null ? null : Fields.parse(fields),
            request.getMethod() + " " + request.getRequestURI());
    if (parameter.getParameterType() == Asked.class) {
      return asked;
    }
    var variables =
        (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    return new ChildRequest(
        viewer, child(String.valueOf(variables.get("id"))), asked.fields(), asked.line());
  }

  private static ChildId child(String id) {
    if (!id.matches("[1-9][0-9]*") || id.length() > LARGEST_ID_DIGITS) {
      throw new BadParameterException("id", "a child's number", id);
    }
    return new ChildId(Long.parseLong(id));
  }
}
