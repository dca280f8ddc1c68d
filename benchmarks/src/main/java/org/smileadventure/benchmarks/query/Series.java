package org.smileadventure.benchmarks.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Median;
import org.smileadventure.benchmarks.bed.ProcessorTime;
import org.smileadventure.benchmarks.bed.Testbed;

/** One client that asks the same again and again, in rounds. */
final class Series {
  private final Testbed testbed;
  private final String name;
  private final ProcessHandle process;
  private final DoubleSupplier call;
  private final List<Double> firstMillis = new ArrayList<>();
  private final List<Double> millis = new ArrayList<>();
  private ProcessorTime used = new ProcessorTime(0, 0, 0, 0);

  /**
   * None so far.
   *
   * @param process that answers, the servers apart
   * @param call returns how many milliseconds the answer took
   */
  Series(Testbed testbed, String name, ProcessHandle process, DoubleSupplier call) {
    this.testbed = testbed;
    this.name = name;
    this.process = process;
    this.call = call;
  }

  /**
   * Until it is compiled.
   *
   * @param first how many calls count as the first ones
   */
  void warmUp(int calls, int first) {
    for (int i = 0; i < calls; i++) {
      var taken = call.getAsDouble();
      if (i < first) {
        firstMillis.add(taken);
      }
    }
  }

  void round(int calls) {
    var before = testbed.used(process);
    for (int i = 0; i < calls; i++) {
      millis.add(call.getAsDouble());
    }
    used = used.plus(testbed.used(process).since(before));
  }

  double firstMedianMillis() {
    return Median.of(firstMillis);
  }

  double medianMillis() {
    return Median.of(millis);
  }

  Measured measured() {
    return new Measured(
        name, millis.size(), millis.stream().mapToDouble(Double::doubleValue).sum() / 1e3, used);
  }
}
