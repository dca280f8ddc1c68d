package org.smileadventure.batch.treatment;

import java.util.Map;
import org.smileadventure.batch.range.AllChildren;
import org.smileadventure.batch.range.BatchProperties;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.range.ChildReader;
import org.smileadventure.batch.range.RangeSteps;
import org.smileadventure.common.event.ChildId;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The step {@code treatment-effects}. It comes before the windows' summaries, which take away the
 * marks of the children whose sessions have changed, and before the calendar's marks, of which no
 * effect becomes another: it would be computed again for nothing.
 */
@Configuration(proxyBeanMethods = false)
class TreatmentSteps {

  @Bean
  Step treatmentEffects(
      RangeSteps steps,
      JdbcClient jdbc,
      ItemStreamReader<ChildId> childrenWithDueEffects,
      ChildBlocks blocks) {
    return steps.of(
        "treatment-effects",
        AllChildren.unplanned(jdbc),
        childrenWithDueEffects,
        new ComputeEffects(jdbc, blocks));
  }

  @Bean
  @StepScope
  ItemStreamReader<ChildId> childrenWithDueEffects(JdbcClient jdbc, BatchProperties properties) {
    return new ChildReader(jdbc, ComputeEffects.NEXT, Map.of(), properties.children());
  }
}
