package org.smileadventure.batch.jobs;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;

/** When the steps of a run will have ended, as each estimates it from what it has done so far. */
@Component
public class RunProgress {
  private final Executions executions;

  RunProgress(Executions executions) {
    this.executions = executions;
  }

  /**
   * By the names of the steps; those that estimate nothing are not there.
   *
   * @throws JobRefusedException if there is no such run
   */
  public Map<String, Instant> estimatedEnds(long run) {
    return executions.of(run).steps().stream()
        .filter(step -> step.estimatedEnd() != null)
        .collect(toMap(Execution.Step::name, step -> requireNonNull(step.estimatedEnd())));
  }
}
