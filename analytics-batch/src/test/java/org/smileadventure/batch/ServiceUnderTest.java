package org.smileadventure.batch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fixture.TokenIssuer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The service in this JVM, with someone beside it who signs tokens and serves the key to them. */
public final class ServiceUnderTest implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final TokenIssuer tokens = new TokenIssuer();
  private final ConfigurableApplicationContext context;

  public ServiceUnderTest(String databaseUrl, String... properties) {
    var settings =
        Stream.of(
            "server.port=0",
            "smile.batch.schedule.cron=-",
            "SMILE_DATABASE_URL=" + databaseUrl,
            "SMILE_DATABASE_USER=postgres",
            "SMILE_JWKS_URL=" + tokens.jwksUrl());
    // A test may say otherwise.
    var all = new HashMap<String, Object>();
    Stream.concat(settings, Stream.of(properties))
        .map(setting -> setting.split("=", 2))
        .forEach(setting -> all.put(setting[0], setting[1]));
    context =
        new SpringApplicationBuilder(AnalyticsBatch.class)
            .initializers(
                application ->
                    application
                        .getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("test", all)))
            .run();
  }

  public TokenIssuer tokens() {
    return tokens;
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public HttpResponse<String> send(String method, String path, @Nullable String token)
      throws IOException, InterruptedException {
    var port = context.getEnvironment().getRequiredProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.noBody());
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    context.close();
    tokens.close();
  }
}
