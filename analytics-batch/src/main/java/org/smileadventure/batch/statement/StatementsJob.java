package org.smileadventure.batch.statement;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Map;
import org.smileadventure.batch.jobs.JobRuns;
import org.smileadventure.batch.range.AllChildren;
import org.smileadventure.batch.range.BatchProperties;
import org.smileadventure.batch.range.ChildReader;
import org.smileadventure.batch.range.RangeSteps;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.xapi.Statements;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The job {@code statements}: sends the sessions of consenting children to a learning record store.
 * It is there where there is one.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${smile.record-store.url:}'.isBlank()")
class StatementsJob {
  static final String NAME = "statements";
  static final String STEP = "send-statements";

  private static final URI DEFAULT_HOME_PAGE = URI.create("https://smile.example.org");

  private static final String NEXT =
      """
      SELECT DISTINCT m.child_id
      FROM statement_months m JOIN v_sent_child USING (child_id)
      WHERE m.version > m.sent_version AND m.child_id > :after AND m.child_id <= :last
      ORDER BY m.child_id LIMIT :most
      """;

  @Bean
  Job statements(JobRepository repository, Step sendStatements) {
    return new JobBuilder(NAME, repository).start(sendStatements).build();
  }

  @Bean
  Step sendStatements(
      RangeSteps steps,
      JdbcClient jdbc,
      ItemStreamReader<ChildId> childrenWithStatements,
      RecordStoreProperties properties,
      @Value("${smile.statements.home-page}") URI homePage,
      MeterRegistry meters) {
    if (homePage.equals(DEFAULT_HOME_PAGE)) {
      throw new IllegalStateException(
          "SMILE_STATEMENTS_HOME_PAGE is to be set where there is a record store: two systems that"
              + " send to it must not mean two children by one name");
    }
    return steps.outsideTransactions(
        STEP,
        AllChildren.unplanned(jdbc),
        childrenWithStatements,
        new SendStatements(jdbc, new Statements(homePage), new RecordStore(properties), meters));
  }

  @Bean
  StatementsTask statementsTask(JdbcClient jdbc, JobRuns runs, RecordStoreProperties properties) {
    return new StatementsTask(jdbc, runs, properties);
  }

  @Bean
  @StepScope
  ItemStreamReader<ChildId> childrenWithStatements(JdbcClient jdbc, BatchProperties properties) {
    return new ChildReader(jdbc, NEXT, Map.of(), properties.children());
  }
}
