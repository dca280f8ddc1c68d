package org.smileadventure.benchmarks;

import java.nio.file.Path;
import org.smileadventure.localstack.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code ./smile bench NAME}: measurements on real servers with durable settings. */
@Command(
    name = "smile bench",
    mixinStandardHelpOptions = true,
    subcommands = {
      IndexCost.class,
      IngestRate.class,
      BatchRate.class,
      SeedClaims.class,
      QueryRate.class,
      FoldingService.class
    },
    description = "Measures two things or more in one run and prints their ratios.")
final class Benchmarks implements Runnable {

  @Option(names = "--home", hidden = true, scope = ScopeType.INHERIT)
  Path home = Path.of(".");

  /** Where the servers of a measurement live; thrown away after it. */
  Path directory() {
    return scratch().resolve("bench");
  }

  Path binaries() {
    return scratch().resolve("bin");
  }

  /** Where {@code ./smile} has unpacked the services' jars. */
  Path services() {
    return scratch().resolve("services");
  }

  /** Where {@code ./smile} has put what Debezium's sink needs. */
  Path debezium() {
    return scratch().resolve("debezium");
  }

  private Path scratch() {
    return home.toAbsolutePath().normalize().resolve(".smile");
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        new CommandLine(this), "name a measurement: indexes, ingest, batch, seed, query");
  }

  public static void main(String[] arguments) {
    var commandLine = new CommandLine(new Benchmarks());
    commandLine.setExecutionExceptionHandler(
        (failure, _, _) -> {
          if (failure instanceof StackException || failure instanceof BenchmarkFailure) {
            System.err.println("smile bench: " + failure.getMessage());
          } else {
            failure.printStackTrace();
          }
          return 1;
        });
    System.exit(commandLine.execute(arguments));
  }
}
