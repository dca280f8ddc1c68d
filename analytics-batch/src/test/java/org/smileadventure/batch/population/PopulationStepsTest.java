package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.population.Platform.Summary;
import org.smileadventure.batch.population.PopulationStep.OneByOne;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;

@RealServers
class PopulationStepTest {
  private final ResourcelessJobRepository repository = new ResourcelessJobRepository();

  @Test
  void oneNightRanksChildrenAndPublishesCells() throws Exception {
    var platform = new Platform();
    for (int i = 0; i < 40; i++) {
      var child = platform.child(7, 1);
      platform.summary(
          child,
          "90d",
          Summary.trend(i, i < 25 ? "improving" : "stable", i < 15 ? "long_silence" : "none"));
    }
    var step =
        new PopulationStep().populationCells(repository, platform.transactions(), platform.jdbc());
    var night = run(step, new ExecutionContext());
    assertThat(night.getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(platform.count("SELECT count(score_fifth) FROM child_window_summary")).isEqualTo(40);
    assertThat(platform.count("SELECT children FROM v_platform_play")).isEqualTo(40);
    assertThat(platform.count("SELECT playing_children FROM v_platform_play")).isEqualTo(40);
    assertThat(platform.count("SELECT sessions FROM v_platform_play")).isEqualTo(200);
    assertThat(platform.count("SELECT completion_rate FROM v_platform_play")).isEqualTo(100);
    assertThat(
            platform.count(
                "SELECT children FROM v_population_insight WHERE insight = 'low_engagement'"))
        .isEqualTo(15);
    assertThat(
            platform.count(
                "SELECT children FROM v_population_insight WHERE insight = 'accelerated_progress'"))
        .isEqualTo(25);
    var contributions = platform.count("SELECT count(*) FROM population_print");
    var again = run(step, new ExecutionContext());
    assertThat(again.getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(again.getWriteCount()).as("written in the same night again").isZero();
    assertThat(platform.count("SELECT count(*) FROM population_print")).isEqualTo(contributions);
  }

  @Test
  void restartGoesOnWithThePartThatFailed() throws Exception {
    var ran = new ArrayList<String>();
    var power = new boolean[] {false};
    var parts =
        List.<IntSupplier>of(
            () -> ran.add("first") ? 1 : 0,
            () -> {
              if (!power[0]) {
                throw new IllegalStateException("power cut");
              }
              return ran.add("second") ? 1 : 0;
            },
            () -> ran.add("third") ? 1 : 0);
    var step =
        new StepBuilder("parts", repository)
            .tasklet(new OneByOne(parts), new ResourcelessTransactionManager())
            .build();
    var failed = run(step, new ExecutionContext());
    assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
    power[0] = true;
    var restarted = run(step, failed.getExecutionContext());
    assertThat(restarted.getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(ran).containsExactly("first", "second", "third");
  }

  private StepExecution run(Step step, ExecutionContext context) throws Exception {
    var instance = repository.createJobInstance("night", new JobParameters());
    var job = repository.createJobExecution(instance, new JobParameters(), new ExecutionContext());
    var execution = repository.createStepExecution(step.getName(), job);
    execution.setExecutionContext(context);
    step.execute(execution);
    return execution;
  }
}
