package org.smileadventure.batch.population;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.statistic.KnowledgeTracing;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How fast children learn each scenario. The parameters are of at least 20 children together, and
 * rounded. Those of a scenario are fitted anew only after a quarter of a year, when much has been
 * played since: who knows all others of it cannot watch them move with one child's attempts.
 */
final class MasteryParameters {
  private static final String ATTEMPTS =
      SqlFile.read(MasteryParameters.class, "mastery-attempts.sql");
  private static final String STORE = SqlFile.read(MasteryParameters.class, "store-mastery.sql");

  /** Less than the quarter, as a night begins some minutes sooner or later. */
  private static final Duration PAUSE = Duration.ofDays(90).minusHours(12);

  private static final int MOST_CHILDREN = 1_000;
  private static final int MOST_LEARNERS = 200;
  private static final int MOST_ATTEMPTS = 50;

  private final JdbcClient jdbc;

  MasteryParameters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Learner(String scenario, String course) {
    boolean[] successes() {
      var successes = new boolean[course.length()];
      for (int i = 0; i < successes.length; i++) {
        successes[i] = course.charAt(i) == '1';
      }
      return successes;
    }
  }

  private record Fit(String scenario, KnowledgeTracing parameters) {}

  /** Fits those of the scenarios that are due. Returns how many rows changed. */
  int fit() {
    var learners =
        jdbc
            .sql(ATTEMPTS)
            .param("most_children", MOST_CHILDREN)
            .param("most_learners", MOST_LEARNERS)
            .param("most_attempts", MOST_ATTEMPTS)
            .param("least_learners", KnowledgeTracing.LEAST_LEARNERS)
            .param("pause", PAUSE.toString())
            .query((row, _) -> new Learner(row.getString("scenario"), row.getString("course")))
            .stream()
            .collect(
                groupingBy(Learner::scenario, TreeMap::new, mapping(Learner::successes, toList())));
    return store(
        learners.entrySet().stream()
            .map(each -> new Fit(each.getKey(), KnowledgeTracing.fit(each.getValue()).rounded()))
            .toList());
  }

  private int store(List<Fit> fits) {
    var parameters = fits.stream().map(Fit::parameters).toList();
    return jdbc.sql(STORE)
        .param("scenarios", fits.stream().map(Fit::scenario).toArray(String[]::new))
        .param("known", parameters.stream().mapToDouble(KnowledgeTracing::known).toArray())
        .param("learn", parameters.stream().mapToDouble(KnowledgeTracing::learn).toArray())
        .param("guess", parameters.stream().mapToDouble(KnowledgeTracing::guess).toArray())
        .param("slip", parameters.stream().mapToDouble(KnowledgeTracing::slip).toArray())
        .param("pause", PAUSE.toString())
        .query(Integer.class)
        .single();
  }
}
