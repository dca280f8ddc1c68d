package org.smileadventure.web.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/** Styles, icons and scripts. Their names have a hash of what is in them, so browsers keep them. */
@Configuration(proxyBeanMethods = false)
class Assets implements WebMvcConfigurer {
  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations("classpath:/static/assets/")
        .addResourceLocations(htmx())
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
        .resourceChain(true)
        .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
  }

  /** Where it is in its jar, whatever version that is of. */
  private static Resource htmx() {
    try {
      return new PathMatchingResourcePatternResolver()
          .getResources("classpath:/META-INF/resources/webjars/htmx.org/*/dist/htmx.min.js")[0]
              .createRelative("./");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
