package org.smileadventure.localstack;

import java.net.URI;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The same servers as containers, with the settings on which tests rely. */
final class ContainerStack implements LocalStack {
  private static final int REDIS_PORT = 6379;
  private static final String ACCOUNT = "postgres";

  private final PostgreSQLContainer postgres =
      new PostgreSQLContainer("postgres:18")
          .withUsername(ACCOUNT)
          .withPassword(ACCOUNT)
          .withDatabaseName("postgres")
          // The services' logins are made by the migrations, and have no password.
          .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
          .withCommand(
              "postgres",
              "-c",
              "fsync=off",
              "-c",
              "full_page_writes=off",
              "-c",
              "max_connections=200",
              "-c",
              "shared_buffers=256MB",
              "-c",
              "timezone=UTC",
              "-c",
              "shared_preload_libraries=pg_stat_statements");

  private final GenericContainer<?> redis =
      new GenericContainer<>("redis:7.2")
          .withCommand("redis-server", "--databases", "128")
          .withExposedPorts(REDIS_PORT);

  private final KafkaContainer kafka =
      new KafkaContainer("apache/kafka:4.2.2").withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");

  private final Databases databases = new Databases(this::jdbcUrl);
  private final Topics topics = new Topics(this::bootstrapServers);

  private ContainerStack() {}

  static ContainerStack open() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new StackException(
          "smile.stack is 'docker', but no Docker engine answers; start one or use 'embedded'");
    }
    var stack = new ContainerStack();
    try {
      Startables.deepStart(stack.postgres, stack.redis, stack.kafka).join();
      return stack;
    } catch (CompletionException e) {
      stack.close();
      throw new StackException("the containers did not start: " + e.getCause(), e);
    }
  }

  @Override
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
        .formatted(
            postgres.getHost(),
            postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
            database,
            ACCOUNT,
            ACCOUNT);
  }

  @Override
  public String newDatabase() {
    return databases.create();
  }

  @Override
  public String newDatabase(String template, Consumer<String> prepare) {
    return databases.copyOf(template, prepare);
  }

  @Override
  public String newTopic(String prefix, int partitions) {
    return topics.create(prefix, partitions);
  }

  @Override
  public String bootstrapServers() {
    return kafka.getBootstrapServers();
  }

  @Override
  public URI redis() {
    return URI.create("redis://%s:%d".formatted(redis.getHost(), redis.getMappedPort(REDIS_PORT)));
  }

  @Override
  public void close() {
    topics.close();
    kafka.close();
    redis.close();
    postgres.close();
  }
}
