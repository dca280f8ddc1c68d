package org.smileadventure.localstack;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Creates databases in one PostgreSQL server. */
final class Databases {
  private final UnaryOperator<String> jdbcUrl;
  private final ConcurrentMap<String, FutureTask<String>> templates = new ConcurrentHashMap<>();

  /**
   * @param jdbcUrl from a database's name
   */
  Databases(UnaryOperator<String> jdbcUrl) {
    this.jdbcUrl = jdbcUrl;
  }

  String create() {
    return createFrom("template1");
  }

  String copyOf(String template, Consumer<String> prepare) {
    var preparation =
        templates.computeIfAbsent(
            template, name -> new FutureTask<>(() -> prepare("template_" + name, prepare)));
    preparation.run(); // only the first thread's call does anything; all wait for its end
    try {
      return createFrom(preparation.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new StackException(
          "preparing template '%s' failed: %s".formatted(template, e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while preparing template '%s'".formatted(template), e);
    }
  }

  private String prepare(String database, Consumer<String> prepare) {
    // a stack that keeps its data may have it from an earlier run
    execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(quoted(database)));
    execute("CREATE DATABASE %s".formatted(quoted(database)));
    prepare.accept(jdbcUrl.apply(database));
    return database;
  }

  private String createFrom(String template) {
    var database = "db_" + UUID.randomUUID().toString().replace("-", "");
    execute("CREATE DATABASE %s TEMPLATE %s".formatted(database, quoted(template)));
    return jdbcUrl.apply(database);
  }

  private void execute(String sql) {
    try (var connection = DriverManager.getConnection(jdbcUrl.apply("postgres"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new StackException("%s: %s".formatted(sql, e.getMessage()), e);
    }
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
