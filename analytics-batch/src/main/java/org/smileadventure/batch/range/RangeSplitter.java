package org.smileadventure.batch.range;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Cuts a step into ranges, and keeps all of them with the step before it begins any: a run that is
 * restarted has the same ranges, wherever the one before was cut off. (Spring Batch's own keeps how
 * many there are, then cuts, and then begins one after the other. If it is killed in between, the
 * restarted run takes the missing ones to be empty, and completes without having done them.)
 */
final class RangeSplitter implements StepExecutionSplitter {
  private static final String NAMES = "ranges";

  private final String stepName;
  private final Partitioner ranges;
  private final JobRepository repository;

  RangeSplitter(String stepName, Partitioner ranges, JobRepository repository) {
    this.stepName = stepName;
    this.ranges = ranges;
    this.repository = repository;
  }

  @Override
  public String getStepName() {
    return stepName;
  }

  /** Those that were not completed before. */
  @Override
  public Set<StepExecution> split(StepExecution step, int most) {
    var kept = step.getExecutionContext();
    if (!kept.containsKey(NAMES)) {
      keep(most, kept);
      repository.updateExecutionContext(step);
    }
    var parts = new LinkedHashSet<StepExecution>();
    for (var name : names(kept)) {
      begin(stepName + ":" + name, range(name, kept), step, parts);
    }
    keepPlanned(parts, kept);
    repository.updateExecutionContext(step);
    return parts;
  }

  /** Of all parts together: who asks how far the step is need not read the context of each. */
  private static void keepPlanned(Set<StepExecution> parts, ExecutionContext kept) {
    kept.remove(ChildRange.PLANNED);
    if (!parts.isEmpty()
        && parts.stream()
            .allMatch(part -> part.getExecutionContext().containsKey(ChildRange.PLANNED))) {
      kept.putLong(
          ChildRange.PLANNED,
          parts.stream()
              .mapToLong(part -> part.getExecutionContext().getLong(ChildRange.PLANNED))
              .sum());
    }
  }

  private void keep(int most, ExecutionContext kept) {
    var cut = ranges.partition(most);
    cut.forEach(
        (name, range) ->
            range
                .entrySet()
                .forEach(entry -> kept.put(name + "." + entry.getKey(), entry.getValue())));
    kept.putString(NAMES, String.join(",", cut.keySet()));
  }

  private static List<String> names(ExecutionContext kept) {
    var names = kept.getString(NAMES);
    return names.isEmpty() ? List.of() : List.of(names.split(",", -1));
  }

  private static ExecutionContext range(String name, ExecutionContext kept) {
    var range = new ExecutionContext();
    for (var entry : kept.entrySet()) {
      if (entry.getKey().startsWith(name + ".")) {
        range.put(entry.getKey().substring(name.length() + 1), entry.getValue());
      }
    }
    return range;
  }

  /** Where it goes on, with what is left of it to do. */
  private static ExecutionContext rest(StepExecution before) {
    var context = before.getExecutionContext();
    if (context.containsKey(ChildRange.PLANNED)) {
      context.putLong(
          ChildRange.PLANNED,
          Math.max(0, context.getLong(ChildRange.PLANNED) - before.getWriteCount()));
    }
    return context;
  }

  private void begin(
      String name, ExecutionContext range, StepExecution step, Set<StepExecution> parts) {
    var run = step.getJobExecution();
    var before = repository.getLastStepExecution(run.getJobInstance(), name);
    if (before != null && before.getStatus() == BatchStatus.COMPLETED) {
      return;
    }
    var part = repository.createStepExecution(name, run);
    // One that was cut off while it was begun has nothing in its context.
    part.setExecutionContext(
        before == null || before.getExecutionContext().isEmpty() ? range : rest(before));
    repository.updateExecutionContext(part);
    parts.add(part);
  }
}
