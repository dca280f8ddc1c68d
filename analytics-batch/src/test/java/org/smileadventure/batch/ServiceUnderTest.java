package org.smileadventure.batch;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.jobs.JobRuns;
import org.smileadventure.common.fixture.TokenIssuer;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The service in this JVM, with someone beside it who signs tokens and serves the key to them. */
public final class ServiceUnderTest implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final TokenIssuer tokens = new TokenIssuer();
  private final ConfigurableApplicationContext context;

  public ServiceUnderTest(String databaseUrl, String... properties) {
    this(databaseUrl, InstantSource.system(), properties);
  }

  /** By this clock. */
  public ServiceUnderTest(String databaseUrl, InstantSource clock, String... properties) {
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
                (GenericApplicationContext application) ->
                    application.registerBean(
                        "clockUnderTest",
                        InstantSource.class,
                        () -> clock,
                        bean -> bean.setPrimary(true)),
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
    return send(method, path, token, "");
  }

  /** With a JSON document; empty: without. */
  public HttpResponse<String> send(String method, String path, @Nullable String token, String json)
      throws IOException, InterruptedException {
    var port = context.getEnvironment().getRequiredProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    if (!json.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  /** Runs a job to its end. */
  public JobExecution run(String job, Map<String, String> arguments) {
    return ended(bean(JobRuns.class).start(job, arguments));
  }

  /** Waits until a run has ended. */
  public JobExecution ended(JobExecution run) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> bean(JobRuns.class).execution(run.getId()), now -> !now.isRunning());
  }

  @Override
  public void close() {
    context.close();
    tokens.close();
  }
}
