package org.smileadventure.batch.pack;

import io.micrometer.core.instrument.MeterRegistry;
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

/** The step {@code pack-events}. */
@Configuration(proxyBeanMethods = false)
class PackSteps {

  /** By the marks, of which there are as many as sessions of the last days. */
  private static final String NEXT =
      """
      SELECT DISTINCT child_id
      FROM unpacked_sessions JOIN v_computed_child USING (child_id)
      WHERE since < now() - :pack_after::interval AND child_id > :after AND child_id <= :last
      ORDER BY child_id LIMIT :most
      """;

  /** With up to 20 sessions of each, 400 of them: so long whoever writes for these waits. */
  private static final int MOST_CHILDREN = 20;

  @Bean
  Step packEvents(
      RangeSteps steps,
      JdbcClient jdbc,
      ItemStreamReader<ChildId> childrenWithUnpackedSessions,
      BatchProperties properties,
      MeterRegistry meters) {
    return steps.of(
        "pack-events",
        Math.min(MOST_CHILDREN, properties.children()),
        AllChildren.unplanned(jdbc),
        childrenWithUnpackedSessions,
        new PackEvents(jdbc, properties.packAfter(), meters));
  }

  @Bean
  @StepScope
  ItemStreamReader<ChildId> childrenWithUnpackedSessions(
      JdbcClient jdbc, BatchProperties properties) {
    return new ChildReader(
        jdbc, NEXT, Map.of("pack_after", properties.packAfter().toString()), properties.children());
  }
}
