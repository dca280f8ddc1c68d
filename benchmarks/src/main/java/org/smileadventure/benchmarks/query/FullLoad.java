package org.smileadventure.benchmarks.query;

import java.util.ArrayList;
import java.util.List;
import org.smileadventure.benchmarks.bed.Load;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Median;
import org.smileadventure.benchmarks.bed.ProcessorTime;
import org.smileadventure.benchmarks.bed.Testbed;

/** Many clients that ask the same, without a pause and then at a steady rate, in rounds. */
final class FullLoad {
  private static final int THREADS = 8;

  private final Testbed testbed;
  private final String name;
  private final ProcessHandle process;
  private final Runnable call;
  private final double seconds;
  private final List<Double> rates = new ArrayList<>();
  private final List<Double> p99Millis = new ArrayList<>();
  private long answers;
  private ProcessorTime used = new ProcessorTime(0, 0, 0, 0);

  /**
   * None so far.
   *
   * @param seconds of each round
   */
  FullLoad(Testbed testbed, String name, ProcessHandle process, double seconds, Runnable call) {
    this.testbed = testbed;
    this.name = name;
    this.process = process;
    this.seconds = seconds;
    this.call = call;
  }

  void warmUp() {
    Load.users(THREADS, seconds, 0, _ -> call.run());
  }

  void round() {
    var before = testbed.used(process);
    var taken = Load.users(THREADS, seconds, 0, _ -> call.run());
    used = used.plus(testbed.used(process).since(before));
    answers += taken.answers();
    rates.add(taken.perSecond());
    System.out.printf("  %s: %,.0f/s%n", name, taken.perSecond());
  }

  void steadyRound(double perSecond) {
    p99Millis.add(Load.steady(THREADS, perSecond, seconds, _ -> call.run()).p99Millis());
    System.out.printf("  %s at %,.0f/s: p99 %.2f ms%n", name, perSecond, p99Millis.getLast());
  }

  double perSecond() {
    return Median.of(rates);
  }

  double p99Millis() {
    return Median.of(p99Millis);
  }

  Measured measured() {
    return new Measured(name, answers, seconds * rates.size(), used);
  }
}
