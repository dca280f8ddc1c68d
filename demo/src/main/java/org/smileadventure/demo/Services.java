package org.smileadventure.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.smileadventure.localstack.ApplicationServer;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.StackException;

/** The services and the pages, each a process of its own, as they are deployed. */
record Services(
    ApplicationServer ingest,
    ApplicationServer batch,
    ApplicationServer query,
    ApplicationServer web)
    implements AutoCloseable {

  /**
   * Starts them and waits until they are ready.
   *
   * @param mail where an SMTP server is
   * @param jars where {@code ./smile} has unpacked the services' jars
   * @param port of the query API; 0 for any free one
   */
  static Services start(
      LocalStack stack, String jdbcUrl, String mail, Path directory, Path jars, int port) {
    // Chosen here, as another service has to know it: the keys are there that tokens are checked
    // with.
    var queryPort = port == 0 ? freePort() : port;
    // And the links in mails lead to the pages, whose console asks the other two.
    var webPort = freePort();
    var ingestPort = freePort();
    var batchPort = freePort();
    Flyway.configure().dataSource(jdbcUrl, null, null).load().migrate();
    var environment =
        Map.of(
            "SMILE_KAFKA_BOOTSTRAP_SERVERS",
            stack.bootstrapServers(),
            "SMILE_CACHE_URL",
            stack.redis().toString(),
            "SMILE_TOKEN_PRIVATE_KEY",
            newSigningKey(),
            "SMILE_JWKS_URL",
            "http://127.0.0.1:" + queryPort + "/api/v1/auth/jwks",
            "SMILE_MAIL_URL",
            mail,
            "SMILE_PUBLIC_URL",
            "http://127.0.0.1:" + webPort,
            "SMILE_BATCH_SCHEDULE_CRON",
            "-"); // the demo runs the job itself, also at half past two
    var services =
        new Services(
            server(
                "ingest-service",
                directory,
                jars,
                ingestPort,
                as("smile_ingest", jdbcUrl, environment)),
            server(
                "analytics-batch",
                directory,
                jars,
                batchPort,
                as("smile_batch", jdbcUrl, environment)),
            server(
                "query-api", directory, jars, queryPort, as("smile_query", jdbcUrl, environment)),
            server(
                "web",
                directory,
                jars,
                webPort,
                Map.of(
                    "SMILE_QUERY_URL",
                    "http://127.0.0.1:" + queryPort,
                    "SMILE_INGEST_URL",
                    "http://127.0.0.1:" + ingestPort,
                    "SMILE_BATCH_URL",
                    "http://127.0.0.1:" + batchPort)));
    services.startTogether();
    return services;
  }

  URI queryApi() {
    return query.uri();
  }

  URI pages() {
    return web.uri();
  }

  URI ingestApi() {
    return ingest.uri();
  }

  URI batchApi() {
    return batch.uri();
  }

  private static Map<String, String> as(
      String login, String jdbcUrl, Map<String, String> environment) {
    var all = new HashMap<>(environment);
    all.put("SMILE_DATABASE_URL", LocalStack.loginAs(login, jdbcUrl));
    all.put("SMILE_DATABASE_USER", login);
    return all;
  }

  private static ApplicationServer server(
      String name, Path directory, Path jars, int port, Map<String, String> environment) {
    return new ApplicationServer(
        name,
        directory.resolve(name),
        jars.resolve(name).resolve(name + ".jar"),
        port,
        List.of(
            "-Xmx384m",
            "-XX:+UseSerialGC",
            // The second compiler takes longer than it gains in the minute that this takes.
            "-XX:TieredStopAtLevel=1",
            "-XX:SharedArchiveFile=" + jars.resolve(name).resolve("classes.jsa"),
            "-Duser.timezone=UTC",
            // Virtual threads that load classes side by side can take up all of a few carriers.
            "-Djdk.virtualThreadScheduler.parallelism=16"),
        environment);
  }

  private void startTogether() {
    var started = false;
    try {
      together(ApplicationServer::start);
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private void together(Consumer<ApplicationServer> deed) {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      var deeds =
          Stream.of(ingest, batch, query, web)
              .map(server -> CompletableFuture.runAsync(() -> deed.accept(server), threads))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(deeds).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StackException failure ? failure : e;
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String newSigningKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var key = generator.generateKeyPair().getPrivate().getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder().encodeToString(key)
          + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  @Override
  public void close() {
    together(ApplicationServer::close);
  }
}
