package org.smileadventure.web.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Files of the API that go to the browser as they come. They may take as long as the API makes
 * them; nothing of them is kept here.
 */
@Component
public class PassedOn {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final List<String> HEADERS =
      List.of(
          HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_DISPOSITION, HttpHeaders.CONTENT_LANGUAGE);

  private final RestClient client;
  private final JsonMapper json;

  PassedOn(
      @Value("${spring.http.serviceclient.query.base-url}") String api,
      @Value("${spring.http.serviceclient.query.connect-timeout}") Duration connect,
      ObjectProvider<ClientHttpRequestInterceptor> interceptors,
      JsonMapper json) {
    this.json = json;
    client =
        RestClient.builder()
            .baseUrl(api)
            .requestFactory(
                ClientHttpRequestFactoryBuilder.detect()
                    .build(
                        HttpClientSettings.defaults()
                            .withConnectTimeout(connect)
                            .withReadTimeout(LONGEST)))
            .requestInterceptors(all -> all.addAll(interceptors.orderedStream().toList()))
            .build();
  }

  /**
   * Sends the answer to the browser.
   *
   * @param headers of the request
   * @throws IOException if it breaks off: the browser is not told that it is whole
   */
  public void send(
      HttpServletResponse browser, Map<String, String> headers, String path, Object... variables)
      throws IOException {
    client
        .get()
        .uri(path, variables)
        .headers(all -> headers.forEach(all::set))
        .exchange(
            (_, answer) -> {
              if (answer.getStatusCode().isError()) {
                ApiConfiguration.fail(answer, json);
              }
              pass(answer, browser);
              return browser;
            });
  }

  private static void pass(ClientHttpResponse answer, HttpServletResponse browser)
      throws IOException {
    HEADERS.forEach(
        name -> {
          var value = answer.getHeaders().getFirst(name);
          if (value != null) {
            browser.setHeader(name, value);
          }
        });
    answer.getBody().transferTo(browser.getOutputStream());
  }
}
