package org.smileadventure.benchmarks.bed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Processor time in seconds, of a contender and of the servers that work for it. */
public record ProcessorTime(double contender, double postgres, double kafka, double redis) {
  private static final double TICKS_A_SECOND = 100;

  public double sum() {
    return contender + postgres + kafka + redis;
  }

  public ProcessorTime plus(ProcessorTime more) {
    return new ProcessorTime(
        contender + more.contender,
        postgres + more.postgres,
        kafka + more.kafka,
        redis + more.redis);
  }

  public ProcessorTime since(ProcessorTime before) {
    return new ProcessorTime(
        contender - before.contender,
        postgres - before.postgres,
        kafka - before.kafka,
        redis - before.redis);
  }

  /** What a process has used, and its children that have ended. */
  static double of(ProcessHandle process) {
    var file = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      var stat = Files.readString(file);
      // The name of the program may hold anything; after it come the state and numbers.
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      var ticks = 0L;
      for (int field = 11; field <= 14; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      return ticks / TICKS_A_SECOND;
    } catch (IOException noLinux) {
      return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }
  }

  /** Of a server and of those of its processes that live. */
  static double ofAll(ProcessHandle server) {
    return Stream.concat(Stream.of(server), server.descendants())
        .mapToDouble(ProcessorTime::of)
        .sum();
  }
}
