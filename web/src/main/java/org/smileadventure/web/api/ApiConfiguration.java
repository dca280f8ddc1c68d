package org.smileadventure.web.api;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.service.registry.ImportHttpServices;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes clients of the interfaces that say what is asked of the services. Where these are stands in
 * the settings below {@code spring.http.serviceclient}, by the name of the group. Two groups are
 * the console's, and need not be connected.
 */
@Configuration(proxyBeanMethods = false)
@ImportHttpServices(
    group = ApiConfiguration.QUERY,
    basePackages = {
      "org.smileadventure.web.account",
      "org.smileadventure.web.child",
      "org.smileadventure.web.children",
      "org.smileadventure.web.entry",
      "org.smileadventure.web.family",
      "org.smileadventure.web.feelings",
      "org.smileadventure.web.login",
      "org.smileadventure.web.mastery",
      "org.smileadventure.web.operations.people",
      "org.smileadventure.web.operations.state",
      "org.smileadventure.web.page",
      "org.smileadventure.web.phases",
      "org.smileadventure.web.population",
      "org.smileadventure.web.report",
      "org.smileadventure.web.sessions",
      "org.smileadventure.web.times"
    })
@ImportHttpServices(
    group = "ingest",
    basePackages = {
      "org.smileadventure.web.operations.find",
      "org.smileadventure.web.operations.ingest",
      "org.smileadventure.web.operations.quarantine"
    })
@ImportHttpServices(group = "batch", basePackages = "org.smileadventure.web.operations.jobs")
class ApiConfiguration {
  static final String QUERY = "query";

  @Bean
  RestClientHttpServiceGroupConfigurer apis(
      ObjectProvider<ClientHttpRequestInterceptor> interceptors,
      Environment settings,
      JsonMapper json) {
    return groups ->
        groups.forEachClient(
            (group, client) -> {
              var name = group.name();
              if (settings
                  .getProperty("spring.http.serviceclient." + name + ".base-url", "")
                  .isBlank()) {
                client.requestInterceptor(
                    (_, _, _) -> {
                      throw new ApiUnconnectedException(name);
                    });
              }
              client
                  .bufferContent((_, _) -> true)
                  .requestInterceptors(all -> all.addAll(interceptors.orderedStream().toList()))
                  .defaultStatusHandler(
                      HttpStatusCode::isError, (_, response) -> fail(name, response, json));
            });
  }

  /** Logins are of query-api. If another service does not know one, that may be its own fault. */
  private static void fail(String group, ClientHttpResponse response, JsonMapper json)
      throws IOException {
    if (response.getStatusCode().value() == 401 && !group.equals(QUERY)) {
      throw problem(401, document(response, json));
    }
    fail(response, json);
  }

  static void fail(ClientHttpResponse response, JsonMapper json) throws IOException {
    var status = response.getStatusCode().value();
    switch (status) {
      case 401 -> throw new LoginEndedException();
      case 502, 503, 504 -> throw new ApiAwayException("the API answers with " + status);
      default -> throw problem(status, document(response, json));
    }
  }

  private static JsonNode document(ClientHttpResponse response, JsonMapper json)
      throws IOException {
    try {
      return json.readTree(response.getBody().readAllBytes());
    } catch (JacksonException _) {
      // something on the way answered, which knows no problem documents
      return json.createObjectNode();
    }
  }

  private static ApiProblemException problem(int status, JsonNode document) {
    var detail = text(document, "detail");
    return new ApiProblemException(
        status,
        detail == null ? "the API answers with " + status : detail,
        text(document, "reason"),
        fields(document));
  }

  private static Map<String, String> fields(JsonNode document) {
    var fields = new HashMap<String, String>();
    var parameter = text(document, "parameter");
    if (parameter != null) {
      fields.put(parameter, String.valueOf(text(document, "detail")));
    }
    for (var error : document.path("errors").values()) {
      var field = text(error, "field");
      if (field != null) {
        fields.put(field, String.valueOf(text(error, "message")));
      }
    }
    return Map.copyOf(fields);
  }

  private static @Nullable String text(JsonNode document, String field) {
    var value = document.path(field);
    return value.isString() ? value.stringValue() : null;
  }

  /**
   * How long the API took for a page, until its answer is here in whole, and what becomes of a
   * connection that fails. What is {@linkplain PassedOn passed on} is not waited for.
   */
  @Bean
  ClientHttpRequestInterceptor timing() {
    return (request, body, execution) -> {
      var time = ApiTime.current();
      if (time != null) {
        time.asked();
      }
      try {
        var response = execution.execute(request, body);
        var _ = response.getBody();
        return response;
      } catch (IOException e) {
        throw new ApiAwayException("the API does not answer", e);
      } finally {
        if (time != null) {
          time.answered();
        }
      }
    };
  }

  /** For whom a page asks: the API counts tries of passwords for each address. */
  @Bean
  ClientHttpRequestInterceptor viewersAddress() {
    return (request, body, execution) -> {
      if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes page) {
        request.getHeaders().set("X-Forwarded-For", page.getRequest().getRemoteAddr());
      }
      return execution.execute(request, body);
    };
  }
}
