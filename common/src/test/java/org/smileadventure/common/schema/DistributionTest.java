package org.smileadventure.common.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The schema and the statements against the rules that Citus 13 has for tables that are distributed
 * by the child: what each table would be, and all that does not comply, are listed in {@code
 * distribution.txt}. What it would take is in docs/scale.md. Citus itself is not run here.
 */
@RealServers
class DistributionTest {
  private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
  private static final Pattern ROW_LOCK =
      Pattern.compile("\\bFOR\\s+(NO\\s+KEY\\s+UPDATE|UPDATE|SHARE|KEY\\s+SHARE)\\b");
  private static final Pattern WRITING_CTE =
      Pattern.compile("\\bAS\\s+(MATERIALIZED\\s+)?\\(\\s*(INSERT|UPDATE|DELETE)\\b");

  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.newDataSource());

  @Test
  void allThatDoesNotComplyIsListed() throws IOException {
    var found = new ArrayList<String>();
    for (var file : List.of("distribution-tables.sql", "distribution-rules.sql")) {
      found.addAll(
          jdbc.sql(SqlFile.read(DistributionTest.class, file))
              .query((row, _) -> row.getString(1))
              .list());
    }
    // On more than one shard at a time neither is taken.
    statements(ROW_LOCK).map(name -> "locks rows: " + name).forEach(found::add);
    statements(WRITING_CTE).map(name -> "writes in a CTE: " + name).forEach(found::add);

    assertThat(found).containsExactlyInAnyOrderElementsOf(listed());
  }

  private static List<String> listed() throws IOException {
    try (var in = DistributionTest.class.getResourceAsStream("distribution.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  /** Files of all services with such a statement about children, by their names. */
  private static Stream<String> statements(Pattern pattern) throws IOException {
    var found = new ArrayList<String>();
    for (var module : List.of("common", "ingest-service", "analytics-batch", "query-api")) {
      var resources = Path.of("..", module, "src", "main", "resources");
      try (var files = Files.walk(resources)) {
        for (var file : files.filter(path -> path.toString().endsWith(".sql")).sorted().toList()) {
          var sql = COMMENT.matcher(Files.readString(file)).replaceAll("");
          if (!file.toString().contains("migration") && pattern.matcher(sql).find()) {
            found.add(
                module
                    + " "
                    + resources.relativize(file).toString().replace("org/smileadventure/", ""));
          }
        }
      }
    }
    return found.stream();
  }
}
