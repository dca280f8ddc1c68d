package org.smileadventure.benchmarks;

import org.smileadventure.benchmarks.batch.BatchRate;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.crowd.Crowd;
import org.smileadventure.benchmarks.indexes.IndexCost;
import org.smileadventure.benchmarks.ingest.IngestRate;
import org.smileadventure.benchmarks.pages.PageCost;
import org.smileadventure.benchmarks.query.QueryRate;
import org.smileadventure.benchmarks.scale.ScaleCost;
import org.smileadventure.benchmarks.seed.SeedClaims;
import org.smileadventure.localstack.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
      PageCost.class,
      ScaleCost.class,
      Crowd.class
    },
    description = "Measures two things or more in one run and prints their ratios.")
final class Benchmarks implements Runnable {

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        new CommandLine(this),
        "name a measurement: indexes, ingest, batch, seed, query, pages, scale, crowd");
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
