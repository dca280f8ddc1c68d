package org.smileadventure.batch.sessions;

import java.util.Map;
import org.smileadventure.batch.range.AllChildren;
import org.smileadventure.batch.range.BatchProperties;
import org.smileadventure.batch.range.ChildReader;
import org.smileadventure.batch.range.RangeSteps;
import org.smileadventure.common.event.ChildId;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sessions that nobody ends count as abandoned once nothing has been heard of them for long. */
@Configuration(proxyBeanMethods = false)
class SessionSteps {

  /** By the index of open sessions, which are few. */
  private static final String NEXT =
      """
      SELECT DISTINCT child_id
      FROM game_sessions JOIN v_computed_child USING (child_id)
      WHERE completion_status = 'in_progress' AND created_at < now() - :silent_for::interval
        AND child_id > :after AND child_id <= :last
      ORDER BY child_id LIMIT :most
      """;

  @Bean
  Step silentSessions(
      RangeSteps steps,
      JdbcClient jdbc,
      ItemStreamReader<ChildId> childrenWithOpenSessions,
      BatchProperties properties) {
    return steps.of(
        "silent-sessions",
        AllChildren.unplanned(jdbc),
        childrenWithOpenSessions,
        new CloseSilentSessions(jdbc, properties.silentFor()));
  }

  @Bean
  @StepScope
  ItemStreamReader<ChildId> childrenWithOpenSessions(JdbcClient jdbc, BatchProperties properties) {
    return new ChildReader(
        jdbc, NEXT, Map.of("silent_for", properties.silentFor().toString()), properties.children());
  }
}
