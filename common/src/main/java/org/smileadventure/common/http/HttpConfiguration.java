package org.smileadventure.common.http;

import jakarta.validation.Validator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** How every service speaks HTTP. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties(HttpProperties.class)
@Import({Problems.class, ErrorDocument.class, Preconditions.class})
public class HttpConfiguration implements WebMvcConfigurer {

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(new RequestRules());
  }

  @Bean
  FilterRegistrationBean<HeadAsGet> headAsGet() {
    return first(new HeadAsGet(), 0);
  }

  /** Before the rules of access: what a browser asks beforehand comes without a token. */
  @Bean
  FilterRegistrationBean<CorsFilter> allowedOrigins(HttpProperties properties, JsonMapper json) {
    var source = new UrlBasedCorsConfigurationSource();
    if (!properties.allowedOrigins().isEmpty()) {
      var rules = new CorsConfiguration();
      rules.setAllowedOrigins(properties.allowedOrigins());
      rules.setAllowedMethods(
          Stream.of(
                  HttpMethod.GET,
                  HttpMethod.HEAD,
                  HttpMethod.POST,
                  HttpMethod.PUT,
                  HttpMethod.PATCH,
                  HttpMethod.DELETE)
              .map(HttpMethod::name)
              .toList());
      // Of events in binary mode, any header that begins with ce- may carry an attribute.
      rules.setAllowedHeaders(List.of(CorsConfiguration.ALL));
      rules.setExposedHeaders(
          List.of(
              HttpHeaders.ALLOW,
              "Cache-Status",
              HttpHeaders.CONTENT_DISPOSITION,
              HttpHeaders.ETAG,
              HttpHeaders.LOCATION,
              HttpHeaders.RETRY_AFTER,
              HttpHeaders.WWW_AUTHENTICATE));
      rules.setMaxAge(Duration.ofHours(1));
      source.registerCorsConfiguration("/**", rules);
    }
    var filter = new CorsFilter(source);
    filter.setCorsProcessor(
        new DefaultCorsProcessor() {
          @Override
          protected void rejectRequest(ServerHttpResponse response) throws IOException {
            response.setStatusCode(HttpStatus.FORBIDDEN);
            response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
            json.writeValue(
                response.getBody(),
                ProblemDocument.of(
                    HttpStatus.FORBIDDEN, "pages of this origin may not send this request", null));
            response.flush();
          }
        });
    return first(filter, 1);
  }

  private static <T extends jakarta.servlet.Filter> FilterRegistrationBean<T> first(
      T filter, int place) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10 + place);
    return registration;
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> unreadableRequests(JsonMapper json) {
    return tomcat ->
        tomcat.addContextCustomizers(
            context -> context.getParent().getPipeline().addValve(new UnreadableRequests(json)));
  }

  @Bean
  MergePatch mergePatch(JsonMapper json, Validator validator) {
    return new MergePatch(json, validator);
  }

  /** Lets all methods through to where one that is not known is told which ones are. */
  @Bean
  StrictHttpFirewall firewall() {
    var firewall = new StrictHttpFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    return firewall;
  }

  @Bean
  RequestRejectedHandler rejectedRequests(JsonMapper json) {
    return (request, response, _) ->
        ProblemDocument.write(json, request, response, HttpStatus.BAD_REQUEST, Problems.TRICKS);
  }

  @Bean
  Endpoints endpoints(@Lazy List<HandlerMapping> mappings) {
    return new Endpoints(mappings);
  }

  @Bean
  StrictJson strictJson(JsonMapper json) {
    return new StrictJson(json);
  }

  @Bean
  ServerHttpMessageConvertersCustomizer strictBodies(StrictJson strict) {
    return converters ->
        converters.withJsonConverter(new JacksonJsonHttpMessageConverter(strict.mapper()));
  }
}
