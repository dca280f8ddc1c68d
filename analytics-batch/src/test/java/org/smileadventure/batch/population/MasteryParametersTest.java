package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smileadventure.batch.population.Platform.Leaving;
import org.smileadventure.common.fixture.SimulatedLearner;
import org.smileadventure.common.statistic.KnowledgeTracing;
import org.smileadventure.localstack.RealServers;

@RealServers
class MasteryParametersTest {
  private static final Platform PLATFORM = new Platform();
  private static final KnowledgeTracing TRUTH = new KnowledgeTracing(0.2, 0.2, 0.15, 0.1);

  private final MasteryParameters parameters = new MasteryParameters(PLATFORM.jdbc());
  private final Random random = new Random(4);

  @BeforeEach
  void forget() {
    PLATFORM.forgetEverything();
    PLATFORM.jdbc().sql("DELETE FROM mastery_parameters").update();
  }

  @Test
  void parametersAreThoseOfAFitOverAllChildren() {
    var learners = new ArrayList<boolean[]>();
    for (int i = 0; i < 30; i++) {
      learners.add(plays(PLATFORM.child(7, 1), "brushing", 10));
    }
    assertThat(parameters.fit()).isOne();
    assertThat(stored()).containsExactly(KnowledgeTracing.fit(learners).rounded());
  }

  @Test
  void nineteenChildrenAreTooFew() {
    cohort(19);
    plays(PLATFORM.child(7, 1), "brushing", 2);
    assertThat(parameters.fit()).isZero();
    assertThat(stored()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whoIsNotCountedInThePopulationIsNotCountedHere(Leaving how) {
    var children = cohort(20);
    PLATFORM.leaves(children.getLast(), how);
    assertThat(parameters.fit()).isZero();
    PLATFORM.comesBack(children.getLast());
    assertThat(parameters.fit()).isOne();
  }

  /** Else who knows all the others could watch what one child's attempts change. */
  @Test
  void scenarioIsFittedAnewOnlyAfterAQuarter() {
    var children = cohort(20);
    parameters.fit();
    var first = stored();
    children.forEach(child -> plays(child, "brushing", 20));

    assertThat(parameters.fit()).isZero();
    pass(89);
    assertThat(parameters.fit()).isZero();
    assertThat(stored()).isEqualTo(first);
    pass(1);
    assertThat(parameters.fit()).isOne();
    assertThat(stored()).isNotEqualTo(first);
  }

  @Test
  void scenarioThatTooFewPlayByThenHasNoneAnyMore() {
    var children = cohort(20);
    parameters.fit();
    PLATFORM.setActive(children.getFirst(), false);
    assertThat(parameters.fit()).isZero();
    assertThat(stored()).hasSize(1);
    pass(90);
    assertThat(parameters.fit()).isOne();
    assertThat(stored()).isEmpty();
  }

  private List<Long> cohort(int children) {
    var cohort = new ArrayList<Long>();
    for (int i = 0; i < children; i++) {
      cohort.add(PLATFORM.child(7, 1));
      plays(cohort.getLast(), "brushing", 5);
    }
    return cohort;
  }

  /** As the model says. */
  private boolean[] plays(long child, String scenario, int attempts) {
    var successes = new SimulatedLearner(TRUTH, attempts, random).successes();
    for (var success : successes) {
      PLATFORM
          .jdbc()
          .sql(
              """
              INSERT INTO game_sessions (id, child_id, session_type, scenario_name, started_at, ended_at, day,
                duration_seconds, active_seconds, completion_status, success_rate)
              SELECT uuidv7(), :child, 'dental_visit', :scenario, t, t, t::date, 0, 0, 'completed', :success
              FROM (SELECT '2026-01-01Z'::timestamptz + count(*) * interval '1 day' AS t
                    FROM game_sessions WHERE child_id = :child) AS day
              """)
          .param("child", child)
          .param("scenario", scenario)
          .param("success", success ? 80 : 79)
          .update();
    }
    return successes;
  }

  private static List<KnowledgeTracing> stored() {
    return PLATFORM
        .jdbc()
        .sql("SELECT known, learn, guess, slip FROM mastery_parameters ORDER BY scenario")
        .query(
            (row, _) ->
                new KnowledgeTracing(
                    row.getDouble(1), row.getDouble(2), row.getDouble(3), row.getDouble(4)))
        .list();
  }

  private static void pass(int days) {
    PLATFORM
        .jdbc()
        .sql("UPDATE mastery_parameters SET fitted_at = fitted_at - make_interval(days => ?)")
        .param(days)
        .update();
  }
}
