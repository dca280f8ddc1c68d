package org.smileadventure.batch;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.jobs.JobRefusedException;
import org.smileadventure.batch.jobs.JobRuns;
import org.smileadventure.common.fixture.TokenIssuer;
import org.smileadventure.localstack.LocalStack;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The service in this JVM, with someone beside it who signs tokens and serves the key to them.
 *
 * <p>To start an application takes longer than most tests. So one that a test is through with goes
 * on with the database of the next test that asks for the same settings, unless it was {@link #stop
 * stopped}. One with a schedule, a role or a record store, which begin to work by themselves, is
 * not shared.
 */
public final class ServiceUnderTest implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final TokenIssuer TOKENS = new TokenIssuer();
  private static final Pattern NOT_SHARED =
      Pattern.compile(
          "(smile\\.(audit|record-store|batch\\.(schedule|role|remote))|SMILE_|spring\\.).*");
  private static final Map<Set<String>, Running> IDLE = new ConcurrentHashMap<>();

  private final Set<String> settings;
  private final Running running;

  public ServiceUnderTest(String databaseUrl, String... properties) {
    this(databaseUrl, InstantSource.system(), properties);
  }

  /** By this clock. */
  public ServiceUnderTest(String databaseUrl, InstantSource clock, String... properties) {
    settings = Set.of(properties);
    var idle = IDLE.remove(settings);
    running = idle == null ? Running.start(databaseUrl, properties) : idle.on(databaseUrl);
    running.clock.ticks = clock;
  }

  /** An application, and what of it is another one for each test. */
  private record Running(
      ConfigurableApplicationContext context, DelegatingDataSource dataSource, Clock clock) {

    static Running start(String databaseUrl, String... properties) {
      var settings =
          Stream.of(
              "server.port=0",
              "smile.batch.schedule.cron=-",
              "smile.audit.seal-every=0",
              "smile.batch.measure-every=500ms",
              "SMILE_DATABASE_URL=" + LocalStack.loginAs("smile_batch", databaseUrl),
              "SMILE_DATABASE_USER=smile_batch",
              "SMILE_JWKS_URL=" + TOKENS.jwksUrl());
      // A test may say otherwise.
      var all = new HashMap<String, Object>();
      Stream.concat(settings, Stream.of(properties))
          .map(setting -> setting.split("=", 2))
          .forEach(setting -> all.put(setting[0], setting[1]));
      var clock = new Clock();
      var context =
          new SpringApplicationBuilder(AnalyticsBatch.class)
              .initializers(
                  (GenericApplicationContext application) -> {
                    application.registerBean(
                        "clockUnderTest",
                        InstantSource.class,
                        () -> clock,
                        bean -> bean.setPrimary(true));
                    application.registerBean(
                        "exchangeableDataSource",
                        BeanPostProcessor.class,
                        ExchangeableDataSource::new);
                  },
                  application ->
                      application
                          .getEnvironment()
                          .getPropertySources()
                          .addFirst(new MapPropertySource("test", all)))
              .run();
      return new Running(context, context.getBean(DelegatingDataSource.class), clock);
    }

    Running on(String databaseUrl) {
      var pool = new HikariConfig();
      pool().copyStateTo(pool);
      pool.setJdbcUrl(LocalStack.loginAs("smile_batch", databaseUrl));
      pool.setPoolName(null);
      dataSource.setTargetDataSource(new HikariDataSource(pool));
      return this;
    }

    HikariDataSource pool() {
      return (HikariDataSource) requireNonNull(dataSource.getTargetDataSource());
    }

    boolean isAtWork() {
      return JdbcClient.create(dataSource)
          .sql("SELECT EXISTS (SELECT FROM batch_job_execution WHERE end_time IS NULL)")
          .query(Boolean.class)
          .single();
    }
  }

  private static final class Clock implements InstantSource {
    volatile InstantSource ticks = InstantSource.system();

    @Override
    public Instant instant() {
      return ticks.instant();
    }
  }

  private static final class ExchangeableDataSource implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof HikariDataSource pool ? new DelegatingDataSource(pool) : bean;
    }
  }

  public TokenIssuer tokens() {
    return TOKENS;
  }

  public <T> T bean(Class<T> type) {
    return running.context.getBean(type);
  }

  public ApplicationContext context() {
    return running.context;
  }

  public URI address() {
    return URI.create(
        "http://127.0.0.1:"
            + running.context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  public HttpResponse<String> send(String method, String path, @Nullable String token)
      throws IOException, InterruptedException {
    return send(method, path, token, "");
  }

  /** With a JSON document; empty: without. */
  public HttpResponse<String> send(String method, String path, @Nullable String token, String json)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(address() + path))
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
    return ended(begin(job, arguments));
  }

  /** Begins a run of a job. */
  public JobExecution begin(String job, Map<String, String> arguments) {
    return soon(() -> bean(JobRuns.class).start(job, arguments));
  }

  /** Lets a run that has ended go on, to its end. */
  public JobExecution goOn(JobExecution run) {
    var runs = bean(JobRuns.class);
    return ended(soon(() -> runs.restart(runs.execution(run.getId()))));
  }

  /** The run before has ended a moment before it gives its right to run away. */
  private static JobExecution soon(Callable<JobExecution> begin) {
    return await().ignoreException(JobRefusedException.class).until(begin, _ -> true);
  }

  /** Waits until a run has ended. */
  public JobExecution ended(JobExecution run) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> bean(JobRuns.class).execution(run.getId()), now -> !now.isRunning());
  }

  /** Ends it, as its machine would have it end. */
  public void stop() {
    running.context.close();
  }

  /** Has done with it; leaves it to the next test if it can. */
  @Override
  public void close() {
    if (!running.context.isActive()) {
      return;
    }
    if (settings.stream().anyMatch(setting -> NOT_SHARED.matcher(setting).matches())
        || running.isAtWork()) {
      stop();
      return;
    }
    running.pool().close(); // a database that somebody is connected to cannot be copied
    if (IDLE.putIfAbsent(settings, running) != null) {
      stop();
    }
  }
}
