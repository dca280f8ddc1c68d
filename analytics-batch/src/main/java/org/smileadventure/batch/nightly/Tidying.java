package org.smileadventure.batch.nightly;

import java.time.Duration;
import java.util.List;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The step {@code tidying}: deletes what the jobs and the consumers have kept about their own work
 * for long enough, a part in each transaction.
 */
@Configuration(proxyBeanMethods = false)
class Tidying {
  private static final int AT_ONCE = 5_000;

  private record Rule(String statement, Duration kept) {
    static Rule of(String name, int days) {
      return new Rule(SqlFile.read(Tidying.class, name + ".sql"), Duration.ofDays(days));
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of("tidy-job-executions", 90),
          Rule.of("tidy-job-instances", 90),
          Rule.of("tidy-replays", 400),
          Rule.of("tidy-readings", 400),
          Rule.of("tidy-refused", 90),
          Rule.of("tidy-prints", 400));

  @Bean
  Step tidyUp(JobRepository repository, PlatformTransactionManager transactions, JdbcClient jdbc) {
    return new StepBuilder("tidying", repository)
        .tasklet(
            (contribution, _) -> {
              var isMore = false;
              for (var rule : RULES) {
                var deleted = tidy(jdbc, rule);
                contribution.incrementWriteCount(deleted);
                isMore |= deleted >= AT_ONCE;
              }
              return RepeatStatus.continueIf(isMore);
            },
            transactions)
        .build();
  }

  private static int tidy(JdbcClient jdbc, Rule rule) {
    return jdbc.sql(rule.statement())
        .param("kept", rule.kept().toString())
        .param("most", AT_ONCE)
        .update();
  }
}
