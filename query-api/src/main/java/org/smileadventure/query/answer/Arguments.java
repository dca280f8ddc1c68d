package org.smileadventure.query.answer;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Has endpoints take what our resolvers make of a request. */
@Component
class Arguments implements WebMvcConfigurer {
  private final List<HandlerMethodArgumentResolver> ours;

  Arguments(List<HandlerMethodArgumentResolver> ours) {
    this.ours = ours;
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.addAll(ours);
  }
}
