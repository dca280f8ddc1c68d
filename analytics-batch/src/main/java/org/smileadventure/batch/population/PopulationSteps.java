package org.smileadventure.batch.population;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntSupplier;
import org.smileadventure.batch.range.RangeSteps;
import org.smileadventure.common.metric.Window;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The steps {@code population-figures} and {@code population-distributions}. They need the windows'
 * summaries of tonight.
 *
 * <p>They are cut by topic, and not into ranges of children: what may be published of a cell
 * depends on all other cells of its topic and on who was in them before, and a rank on a whole
 * cohort. The distributions are of the published figures, so they come after these.
 */
@Configuration(proxyBeanMethods = false)
class PopulationSteps {
  /** Cells of fewer children are not published. The database refuses them as well. */
  static final long LEAST_CHILDREN = 10;

  /** In cohorts of fewer children nobody is told where a child stands. */
  static final long LEAST_COHORT = 20;

  @Bean
  Step populationFigures(RangeSteps steps, JdbcClient jdbc) {
    var parts = figures(jdbc);
    return steps.of("population-figures", parts, parts);
  }

  @Bean
  Step populationDistributions(RangeSteps steps, JdbcClient jdbc) {
    var parts = distributions(jdbc);
    return steps.of("population-distributions", parts, parts);
  }

  /**
   * Publishes what is of all children, ranks those of the windows that are due, and fits how fast
   * scenarios are learned.
   */
  static Parts figures(JdbcClient jdbc) {
    var fifths = new CohortFifths(jdbc, LEAST_COHORT);
    var parts = publications(jdbc, Tabulation.ofChildren());
    for (var window : Window.values()) {
      parts.put("fifths-" + window.wireName(), () -> fifths.update(window));
    }
    parts.put("mastery", new MasteryParameters(jdbc)::fit);
    return new Parts(parts, jdbc);
  }

  static Parts distributions(JdbcClient jdbc) {
    return new Parts(publications(jdbc, Tabulation.ofFigures()), jdbc);
  }

  private static SequencedMap<String, IntSupplier> publications(
      JdbcClient jdbc, List<Tabulation> topics) {
    var publication = new Publication(jdbc, LEAST_CHILDREN);
    var parts = new LinkedHashMap<String, IntSupplier>();
    for (var each : topics) {
      parts.put(each.topic(), () -> publication.publish(each));
    }
    return parts;
  }
}
