package org.smileadventure.batch.population;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.smileadventure.common.metric.Window;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The step {@code population-cells}: ranks the children of the windows that are due in their
 * cohorts, publishes the population's cells, topic by topic, and fits how fast scenarios are
 * learned. Needs the windows' summaries of tonight.
 *
 * <p>It is no step of partitions: what may be published of a cell depends on all other cells of its
 * topic and on who was in them before, and a rank on a whole cohort.
 */
@Configuration(proxyBeanMethods = false)
class PopulationStep {
  /** Cells of fewer children are not published. The database refuses them as well. */
  static final long LEAST_CHILDREN = 10;

  /** In cohorts of fewer children nobody is told where a child stands. */
  static final long LEAST_COHORT = 20;

  @Bean
  Step populationCells(
      JobRepository repository, PlatformTransactionManager transactions, JdbcClient jdbc) {
    var fifths = new CohortFifths(jdbc, LEAST_COHORT);
    var publication = new Publication(jdbc, LEAST_CHILDREN);
    var mastery = new MasteryParameters(jdbc);
    return new StepBuilder("population-cells", repository)
        .tasklet(
            new OneByOne(
                Stream.of(
                        Stream.of(Window.values())
                            .<IntSupplier>map(window -> () -> fifths.update(window)),
                        Tabulation.all().stream()
                            .<IntSupplier>map(each -> () -> publication.publish(each)),
                        Stream.<IntSupplier>of(mastery::fit))
                    .flatMap(parts -> parts)
                    .map(part -> withoutTimeLimit(jdbc, part))
                    .toList()),
            transactions)
        .build();
  }

  /** Over all children: with millions of them a statement takes what time it needs. */
  private static IntSupplier withoutTimeLimit(JdbcClient jdbc, IntSupplier part) {
    return () -> {
      jdbc.sql("SET LOCAL statement_timeout = 0").update();
      return part.getAsInt();
    };
  }

  /** Each in a transaction of its own; a restart goes on with the one that did not end. */
  record OneByOne(List<IntSupplier> parts) implements Tasklet {
    private static final String DONE = "done";

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
      var context = contribution.getStepExecution().getExecutionContext();
      int done = context.getInt(DONE, 0);
      contribution.incrementWriteCount(parts.get(done).getAsInt());
      context.putInt(DONE, done + 1);
      return RepeatStatus.continueIf(done + 1 < parts.size());
    }
  }
}
