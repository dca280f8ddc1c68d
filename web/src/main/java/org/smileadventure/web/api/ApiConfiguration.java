package org.smileadventure.web.api;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
 * Makes clients of the interfaces that say what is asked of query-api. Where it is stands in the
 * settings below {@code spring.http.serviceclient.query}.
 */
@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "query", basePackages = "org.smileadventure.web")
class ApiConfiguration {

  @Bean
  RestClientHttpServiceGroupConfigurer queryApi(
      ObjectProvider<ClientHttpRequestInterceptor> interceptors, JsonMapper json) {
    return groups ->
        groups.forEachClient(
            (_, client) ->
                client
                    .bufferContent((_, _) -> true)
                    .requestInterceptors(all -> all.addAll(interceptors.orderedStream().toList()))
                    .defaultStatusHandler(
                        HttpStatusCode::isError, (_, response) -> fail(response, json)));
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
