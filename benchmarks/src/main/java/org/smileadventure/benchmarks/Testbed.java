package org.smileadventure.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.localstack.ApplicationServer;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.StackOptions;
import org.springframework.jdbc.core.JdbcTemplate;

/** The servers that all contenders of a measurement use, one after the other. */
final class Testbed implements AutoCloseable {
  private static final String INSERT_CHILDREN = SqlFile.read(Testbed.class, "insert-children.sql");
  private static final String DATABASE = "postgres";

  private final Path directory;
  private final LocalStack stack;

  private Testbed(Path directory, LocalStack stack) {
    this.directory = directory;
    this.stack = stack;
  }

  static Testbed open(Path directory, Path binaries) {
    return open(directory, StackOptions.in(directory.resolve("stack")).withBinariesIn(binaries));
  }

  /**
   * @param buffers of PostgreSQL, in megabytes
   */
  static Testbed open(Path directory, Path binaries, int buffers) {
    return open(
        directory,
        StackOptions.in(directory.resolve("stack"))
            .withBinariesIn(binaries)
            .withPostgresBuffers(buffers));
  }

  private static Testbed open(Path directory, StackOptions options) {
    return new Testbed(
        directory,
        LocalStack.open(
            options.withKafkaInOwnProcess().reportingTo(line -> System.out.println("  " + line))));
  }

  LocalStack stack() {
    return stack;
  }

  /** A directory for what a contender writes; its logs are still there afterwards. */
  Path directory(String contender) {
    return directory.resolve(contender);
  }

  /**
   * A service on these servers as it is deployed, in a process of its own that does not run yet.
   *
   * @param home for its files
   * @param jars where {@code ./smile} has unpacked the services' jars
   * @param recording where Flight Recorder writes what the service did; null: nowhere
   * @param tuning how its image has it divide its memory
   * @param more of its variables
   */
  ApplicationServer service(
      String name,
      Path home,
      Path jars,
      @Nullable Path recording,
      List<String> tuning,
      Map<String, String> more) {
    var options = new ArrayList<>(List.of("-Xmx256m", "-Duser.timezone=UTC"));
    options.addAll(tuning);
    if (recording != null) {
      options.add(
          "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording);
    }
    var variables = new HashMap<>(more);
    variables.put("SMILE_DATABASE_URL", jdbcUrl());
    variables.put("SMILE_DATABASE_USER", "postgres");
    variables.put("SMILE_KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers());
    variables.put("SMILE_CACHE_URL", stack.redis().toString());
    return new ApplicationServer(
        name, home, jars.resolve(name).resolve(name + ".jar"), 0, options, variables);
  }

  String jdbcUrl() {
    return stack.jdbcUrl(DATABASE);
  }

  JdbcTemplate jdbc() {
    return jdbc(jdbcUrl());
  }

  static JdbcTemplate jdbc(String url) {
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    return new JdbcTemplate(dataSource);
  }

  /** Makes children in a migrated database; in two databases they have the same ids. */
  static List<ChildId> makeChildren(JdbcTemplate jdbc, int count) {
    jdbc.update(INSERT_CHILDREN, count);
    jdbc.execute("VACUUM (ANALYZE) children");
    return jdbc.query(
        "SELECT id FROM children ORDER BY id", (row, _) -> new ChildId(row.getLong("id")));
  }

  /** The processor time used so far, in seconds. */
  record Used(double contender, double postgres, double kafka) {
    double sum() {
      return contender + postgres + kafka;
    }

    Used since(Used before) {
      return new Used(
          contender - before.contender, postgres - before.postgres, kafka - before.kafka);
    }
  }

  Used used(ProcessHandle contender) {
    var servers = directory.resolve("stack");
    return new Used(
        // Without its children: the servers are those of the benchmark itself.
        processorSeconds(Stream.of(contender)),
        processorSeconds(withChildren(servers.resolve("postgres/data/postmaster.pid"))),
        processorSeconds(withChildren(servers.resolve("kafka/kafka.pid"))));
  }

  static ProcessHandle process(Path pidFile) {
    try (var lines = Files.lines(pidFile)) {
      return lines
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
          .orElseThrow(() -> new BenchmarkFailure("no process runs that " + pidFile + " names"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The most memory that it ever took, where the system tells it. */
  static Optional<Long> peakMegabytes(ProcessHandle process) {
    var status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Stream<ProcessHandle> withChildren(Path pidFile) {
    var process = process(pidFile);
    return Stream.concat(Stream.of(process), process.descendants());
  }

  private static double processorSeconds(Stream<ProcessHandle> processes) {
    return processes
            .map(p -> p.info().totalCpuDuration().orElse(Duration.ZERO))
            .mapToLong(Duration::toMillis)
            .sum()
        / 1e3;
  }

  @Override
  public void close() {
    stack.close();
  }
}
