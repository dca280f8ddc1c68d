package org.smileadventure.common.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.WindowReader;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The worked numbers of the game's first backend: where its rules are kept, the figures are the
 * same; where they were wrong, both are shown.
 */
@RealServers
class GoldenNumbersTest {
  private static final JdbcClient DB = JdbcClient.create(MigratedDatabase.newDataSource());
  private static final Instant MONDAY_NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final LocalDate LAST = LocalDate.parse("2026-03-31");

  private final ChildId child = newChild();
  private final List<SessionEvent> events = new ArrayList<>();

  private static ChildId newChild() {
    var people = new People(DB);
    return people.child(people.parent(UUID.randomUUID() + "@example.org"), "UTC");
  }

  @Test
  void fiftyInteractionsInTwelveMinutesAreAnEngagementOf71() {
    events.addAll(
        Play.by(child, MONDAY_NOON)
            .interactions(40, Outcome.CORRECT)
            .interactions(10, Outcome.INCORRECT)
            .after(Duration.ofSeconds(720 - 50))
            .completed(40)
            .events());
    assertThat(figures().engagement().mean()).isEqualTo(71.67);
    assertThat(figures().success().mean()).isEqualTo(80.0);
  }

  @Test
  void sixRisingScoresAreAnAverageOf65AndImproving() {
    playRisingScores();
    var score = figures().score();
    assertThat(score.mean()).isEqualTo(65.0);
    assertThat(score.trend().direction()).isEqualTo(Trend.Direction.IMPROVING);
    assertThat(score.trend().earlyAverage()).isEqualTo(50.0);
    assertThat(score.trend().lateAverage()).isEqualTo(80.0);
    assertThat(score.trend().slopePerWeek()).isEqualTo(70.0);
    assertThat(figures().engagement().trend().direction()).isEqualTo(Trend.Direction.STABLE);
    assertThat(figures().duration().trend().direction()).isEqualTo(Trend.Direction.STABLE);
  }

  @Test
  void threeOpenSessionsDoNotMakeARisingChildDeclining() {
    playRisingScores();
    for (int day = 6; day < 9; day++) {
      events.addAll(Play.by(child, noon(day)).interaction(Outcome.CORRECT).events());
    }
    // What the first backend did: it counted them with a score of 0, and compared the halves.
    var counted = List.of(40, 50, 60, 70, 80, 90, 0, 0, 0);
    assertThat(mean(counted.subList(0, 4))).isEqualTo(55.0);
    assertThat(mean(counted.subList(4, 9))).isEqualTo(34.0);

    var score = figures().score();
    assertThat(score.n()).isEqualTo(6);
    assertThat(score.trend().direction()).isEqualTo(Trend.Direction.IMPROVING);
    assertThat(score.trend().earlyAverage()).isEqualTo(50.0);
    assertThat(figures().totals().all().inProgress()).isEqualTo(3);
    assertThat(figures().completionRate().n()).isEqualTo(6);
  }

  @Test
  void fifteenOfEighteenStatesToldAreACompletenessOf83Percent() {
    // Anxious at the start of six sessions of nine, calm at the end of all of them.
    for (int day = 0; day < 9; day++) {
      events.addAll(
          Play.by(child, noon(day), day < 6 ? EmotionalState.ANXIOUS : null)
              .after(Duration.ofMinutes(1))
              .completed(50)
              .events());
    }
    var emotions = figures().emotions();
    assertThat(emotions.completeness().value()).isEqualTo(100.0 * 15 / 18);
    assertThat(emotions.stability()).isEqualTo(Emotions.Stability.HIGH);
    assertThat(emotions.mostCommonFirst()).isEqualTo("anxious");
    assertThat(emotions.mostCommonLast()).isEqualTo("calm");
    // The first backend said 40 % anxious, by the number of states told. A state that lasts counts
    // for as long as it does: here calm is only where a session ends.
    assertThat(emotions.states().get("anxious")).isEqualTo(new Emotions.State(360, 100.0));
    assertThat(emotions.states().get("calm")).isEqualTo(new Emotions.State(0, 0.0));
  }

  @Test
  void sixTimesFromAnxiousToCalmIsARateOf100() {
    for (int day = 0; day < 6; day++) {
      events.addAll(
          Play.by(child, noon(day))
              .then(
                  Play.brushing(10 + day, EmotionalState.ANXIOUS, EmotionalState.CALM, null, null))
              .events());
    }
    var activities = figures().activities();
    assertThat(activities.emotional()).isEqualTo(new Activities.Emotional(6, 6, 0, 0, 100.0, null));
    assertThat(activities.points()).isEqualTo(75);
  }

  private void playRisingScores() {
    for (int day = 0; day < 6; day++) {
      events.addAll(
          Play.by(child, noon(day))
              .interactions(10, Outcome.CORRECT)
              .after(Duration.ofMinutes(10))
              .completed(40 + 10 * day)
              .events());
    }
  }

  private static Instant noon(int day) {
    return MONDAY_NOON.plus(Duration.ofDays(day));
  }

  private WindowFigures figures() {
    if (!events.isEmpty()) {
      StoredHistory.store(DB, events);
      events.clear();
    }
    var window = new DayRange(child, Window.MONTH.firstDay(LAST), LAST);
    var moments = Objects.requireNonNull(new WindowReader(DB).read(List.of(window)).get(window));
    return WindowFigures.of(moments, window.first(), LAST);
  }

  private static double mean(List<Integer> values) {
    return IntStream.range(0, values.size()).map(values::get).average().orElseThrow();
  }
}
