package org.smileadventure.benchmarks.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.localstack.ApplicationServer;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.StackOptions;
import org.springframework.jdbc.core.JdbcTemplate;
import redis.clients.jedis.RedisClient;

/** The servers that all contenders of a measurement use, one after the other. */
public final class Testbed implements AutoCloseable {
  private static final String INSERT_CHILDREN = SqlFile.read(Testbed.class, "insert-children.sql");
  private static final String DATABASE = "postgres";

  private static final Map<String, String> LOGINS =
      Map.of("ingest-service", "smile_ingest", "analytics-batch", "smile_batch");

  /** Of PostgreSQL, if nothing is said, in megabytes. */
  private static final int BUFFERS = 256;

  private final Path directory;
  private final LocalStack stack;

  private Testbed(Path directory, LocalStack stack) {
    this.directory = directory;
    this.stack = stack;
  }

  /** Starts them with PostgreSQL's buffers as they are anywhere here. */
  public static Testbed open(String measurement) {
    return open(measurement, BUFFERS);
  }

  /**
   * Starts them.
   *
   * @param buffers of PostgreSQL, in megabytes
   */
  public static Testbed open(String measurement, int buffers) {
    var directory = Home.directory(measurement);
    var testbed =
        new Testbed(
            directory,
            LocalStack.open(
                StackOptions.in(directory.resolve("stack"))
                    .withBinariesIn(Home.binaries())
                    .withPostgresBuffers(buffers)
                    .withKafkaInOwnProcess()
                    .reportingTo(line -> System.out.println("  " + line))));
    System.out.printf(
        "  PostgreSQL with fsync=%s, synchronous_commit=%s, shared_buffers=%s%n",
        testbed.setting("fsync"),
        testbed.setting("synchronous_commit"),
        testbed.setting("shared_buffers"));
    return testbed;
  }

  private String setting(String name) {
    return String.valueOf(jdbc().queryForObject("SHOW " + name, String.class));
  }

  public LocalStack stack() {
    return stack;
  }

  /** A new one, which the caller closes. */
  public RedisClient redisClient() {
    return RedisClient.builder()
        .hostAndPort(stack.redis().getHost(), stack.redis().getPort())
        .build();
  }

  /** A directory for what a contender writes; its logs are still there afterwards. */
  public Path directory(String contender) {
    return directory.resolve(contender);
  }

  /**
   * A service on these servers as it is deployed, in a process of its own that does not run yet.
   *
   * @param files where it puts its own
   * @param recording where Flight Recorder writes what the service did; null: nowhere
   * @param tuning how its image has it divide its memory
   * @param more of its variables
   */
  public ApplicationServer service(
      String name,
      Path files,
      @Nullable Path recording,
      List<String> tuning,
      Map<String, String> more) {
    var options = new ArrayList<>(List.of("-Xmx256m", "-Duser.timezone=UTC"));
    options.addAll(tuning);
    if (recording != null) {
      options.add(
          "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording);
    }
    var variables = new HashMap<String, String>();
    migrate();
    var login = Objects.requireNonNull(LOGINS.get(name));
    variables.put("SMILE_DATABASE_URL", LocalStack.loginAs(login, jdbcUrl()));
    variables.put("SMILE_DATABASE_USER", login);
    variables.put("SMILE_KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers());
    variables.put("SMILE_CACHE_URL", stack.redis().toString());
    variables.putAll(more);
    return new ApplicationServer(
        name, files, Home.services().resolve(name).resolve(name + ".jar"), 0, options, variables);
  }

  public String jdbcUrl() {
    return stack.jdbcUrl(DATABASE);
  }

  /** The same database, reached over another port. */
  public String jdbcUrl(int port) {
    return jdbcUrl().replace(":" + databasePort() + "/", ":" + port + "/");
  }

  public int databasePort() {
    return URI.create(jdbcUrl().substring("jdbc:".length())).getPort();
  }

  public JdbcTemplate jdbc() {
    return jdbc(jdbcUrl());
  }

  public static JdbcTemplate jdbc(String url) {
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    return new JdbcTemplate(dataSource);
  }

  /** Makes the tables, if they are not there yet. */
  public void migrate() {
    Flyway.configure().dataSource(jdbc().getDataSource()).load().migrate();
  }

  /**
   * Makes so many more children in a migrated database, and returns all of them; in two databases
   * they have the same ids.
   */
  public static List<ChildId> makeChildren(JdbcTemplate jdbc, int count) {
    jdbc.update(INSERT_CHILDREN, count);
    jdbc.execute("VACUUM (ANALYZE) children");
    return jdbc.query(
        "SELECT id FROM children ORDER BY id", (row, _) -> new ChildId(row.getLong("id")));
  }

  /** The processor time that these processes, which are a contender, and the servers have used. */
  public ProcessorTime used(ProcessHandle... contender) {
    var servers = directory.resolve("stack");
    return new ProcessorTime(
        // Without its children: the servers are those of the benchmark itself.
        Stream.of(contender).mapToDouble(ProcessorTime::of).sum(),
        ProcessorTime.ofAll(process(servers.resolve("postgres/data/postmaster.pid"))),
        ProcessorTime.ofAll(process(servers.resolve("kafka/kafka.pid"))),
        ProcessorTime.ofAll(process(servers.resolve("redis/redis.pid"))));
  }

  /**
   * Work of this process itself on the database.
   *
   * @param work returns how many units it has done
   */
  public Measured measure(String contender, LongSupplier work) {
    var self = ProcessHandle.current();
    var before = used(self);
    var begin = System.nanoTime();
    var units = work.getAsLong();
    return new Measured(contender, units, Clock.seconds(begin), used(self).since(before));
  }

  public static ProcessHandle process(Path pidFile) {
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
  public static Optional<Long> peakMegabytes(ProcessHandle process) {
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

  @Override
  public void close() {
    stack.close();
  }
}
