package org.smileadventure.batch.retention;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.batch.range.ChildBlocks;
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

/** The step {@code retention}: applies the table {@code retention_policy}, class by class. */
@Configuration(proxyBeanMethods = false)
class RetentionStep {

  /** A night has some sixty steps and partitions, each with its context. */
  private static final int RUNS_AT_ONCE = 100;

  @Bean
  Step applyRetention(
      JobRepository repository,
      PlatformTransactionManager transactions,
      JdbcClient jdbc,
      ChildBlocks blocks,
      InstantSource clock) {
    return new StepBuilder("retention", repository)
        .tasklet(new ByRule(jdbc, rules(jdbc, blocks), clock), transactions)
        .build();
  }

  /** What is done about which class; about one that is not here somebody else does it. */
  static List<Rule> rules(JdbcClient jdbc, ChildBlocks blocks) {
    return List.of(
        new OldEvents(jdbc),
        DormantChildren.play(jdbc, blocks),
        DormantChildren.notes(jdbc, blocks),
        new OldRows(jdbc, "consents", "consents"),
        new OldRows(jdbc, "erasures", "erasures"),
        new ByTheDatabase(jdbc, "audit", "forget_audit"),
        new OldRows(jdbc, "audit", "quarantine-readings"),
        // A record that is older can be sent again: what it says is stored already, or refused once
        // more.
        new OldRows(jdbc, "audit", "quarantine-replays"),
        new OldRows(jdbc, "audit", "quarantine-replay-runs"),
        new OldRows(jdbc, "logins", "logins"),
        new OldRows(jdbc, "links", "links"),
        new OldRows(jdbc, "links", "invitations"),
        new OldRows(jdbc, "shares", "shares"),
        new OldRows(jdbc, "mail", "mail"),
        new OldRows(jdbc, "devices", "devices"),
        new OldRows(jdbc, "logins", "refresh-tokens"),
        new ByTheDatabase(jdbc, "registrations", "forget_registrations"),
        new OldRows(jdbc, "revocations", "revocations"),
        new OldRows(jdbc, "refused", "refused-events"),
        new OldRows(jdbc, "prints", "prints"),
        new OldRows(jdbc, "jobs", "jobs", RUNS_AT_ONCE),
        new OldRows(jdbc, "jobs", "job-instances"),
        new OldRows(jdbc, "jobs", "nights"),
        new OldRows(jdbc, "jobs", "consumer-lag"));
  }

  /** A part of a rule with each call; a restart goes on with the one that did not end. */
  private record ByRule(JdbcClient jdbc, List<Rule> rules, InstantSource clock) implements Tasklet {
    private static final Logger log = LoggerFactory.getLogger(RetentionStep.class);
    private static final String DONE = "rulesDone";

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
      var context = contribution.getStepExecution().getExecutionContext();
      int done = context.getInt(DONE, 0);
      var rule = rules.get(done);
      var kept = periods().get(rule.policy());
      var part =
          kept == null ? new Rule.Part(0, false) : rule.apply(clock.instant(), kept, context);
      if (part.gone() > 0) {
        contribution.incrementWriteCount(part.gone());
        log.info("{} of {} are past their time", part.gone(), rule.policy());
      }
      if (!part.more()) {
        List.copyOf(context.toMap().keySet()).forEach(context::remove);
        context.putInt(DONE, done + 1);
      }
      return RepeatStatus.continueIf(part.more() || done + 1 < rules.size());
    }

    /** Of the classes that have an end. */
    private Map<String, String> periods() {
      var periods = new HashMap<String, String>();
      jdbc.sql("SELECT class, period::text FROM retention_policy WHERE period IS NOT NULL")
          .query(
              row -> {
                periods.put(row.getString(1), row.getString(2));
              });
      return periods;
    }
  }
}
