package org.smileadventure.query.mastery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.metric.Mastery;
import org.smileadventure.common.metric.NextScenario;
import org.smileadventure.common.metric.ScenarioAttempts;
import org.smileadventure.common.statistic.KnowledgeTracing;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.WindowReader;
import org.smileadventure.language.Language;
import org.smileadventure.query.answer.NamedChild;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.words.MasteryWords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads how far a child has got with each scenario, of all days up to its today. */
@Component
class MasteryReader {
  private static final int MOST_SCENARIOS = 50;

  private final JdbcClient jdbc;
  private final WindowReader windows;

  MasteryReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.windows = new WindowReader(jdbc);
  }

  /**
   * What was read.
   *
   * @param validUntil the child's next midnight, when its last attempts are a day longer ago
   */
  record Read(MasteryAnswer answer, Instant validUntil) {}

  /**
   * Empty if the viewer may not see the child, or there is none. In a transaction to which the
   * child was opened.
   */
  Optional<Read> read(Viewer viewer, ChildId child, Language language, Instant now) {
    return NamedChild.read(jdbc, viewer, child)
        .map(
            seen ->
                new Read(
                    answer(child, seen.name(), seen.today(now), language, now),
                    seen.nextMidnight(now)));
  }

  private MasteryAnswer answer(
      ChildId child, String name, LocalDate today, Language language, Instant now) {
    var days = new DayRange(child, null, today);
    var moments = requireNonNull(windows.read(List.of(days)).get(days));
    var attempts =
        ScenarioAttempts.of(moments.plays()).stream()
            .sorted(
                Comparator.comparing(ScenarioAttempts::lastDay)
                    .reversed()
                    .thenComparing(ScenarioAttempts::scenario))
            .limit(MOST_SCENARIOS)
            .toList();
    var fitted = fitted(attempts);
    var words = new MasteryWords(language, name, today);
    var played =
        attempts.stream()
            .map(
                each ->
                    Mastery.of(each, fitted.getOrDefault(each.scenario(), KnowledgeTracing.USUAL)))
            .toList();
    var next = NextScenario.of(played, today);
    return new MasteryAnswer(
        child.value(),
        name,
        today,
        new MasteryAnswer.Next(
            next.rule(),
            next.mastery() == null ? null : next.mastery().scenario(),
            words.sentence(next),
            words.why(next, played)),
        played.stream()
            .map(
                mastery ->
                    new MasteryAnswer.Scenario(
                        mastery,
                        words.title(mastery),
                        NextScenario.daysSince(mastery, today),
                        MasteryAnswer.Parameters.of(fitted.get(mastery.scenario())),
                        words.sentence(mastery)))
            .toList(),
        words.means(),
        now);
  }

  /** What was fitted over many children, of these scenarios. */
  private Map<String, KnowledgeTracing> fitted(List<ScenarioAttempts> played) {
    var fitted = new HashMap<String, KnowledgeTracing>();
    jdbc.sql(
            """
            SELECT scenario, known, learn, guess, slip
            FROM mastery_parameters WHERE scenario = ANY (:scenarios::text[])
            """)
        .param("scenarios", played.stream().map(ScenarioAttempts::scenario).toArray(String[]::new))
        .query(
            row -> {
              fitted.put(
                  row.getString("scenario"),
                  new KnowledgeTracing(
                      row.getDouble("known"),
                      row.getDouble("learn"),
                      row.getDouble("guess"),
                      row.getDouble("slip")));
            });
    return fitted;
  }
}
