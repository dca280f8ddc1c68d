package org.smileadventure.batch.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class NightlyScheduleTest {
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");

  private final NightlySchedule schedule =
      new NightlySchedule("0 30 2 * * *", ROME, Duration.ofMinutes(5));

  @Test
  void isDueByTheClockOfItsZone() {
    assertThat(next("2026-01-10T12:00:00Z")).isEqualTo("2026-01-11T01:30:00Z");
    assertThat(next("2026-07-10T12:00:00Z")).isEqualTo("2026-07-11T00:30:00Z");
  }

  @Test
  void isDueOnceInTheNightsInWhichTheClockIsChanged() {
    // Half past two is skipped on 29 March, and comes twice on 25 October.
    assertThat(next("2026-03-28T12:00:00Z")).isEqualTo("2026-03-29T01:30:00Z");
    assertThat(next("2026-03-29T01:30:00Z")).isEqualTo("2026-03-30T00:30:00Z");

    assertThat(next("2026-10-24T12:00:00Z")).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(next("2026-10-25T00:31:00Z")).isEqualTo("2026-10-26T01:30:00Z");
    assertThat(next("2026-10-25T01:10:00Z")).isEqualTo("2026-10-26T01:30:00Z");
  }

  @Test
  void isPromisedForTheNextTimeThatTheClockOfItsZoneShowsIt() {
    assertThat(promised("2026-01-11T01:30:00Z")).isEqualTo("2026-01-11T05:00:00Z");
    assertThat(promised("2026-07-11T00:30:00Z")).isEqualTo("2026-07-11T04:00:00Z");
    assertThat(promised("2026-01-10T22:30:00Z"))
        .as("before midnight")
        .isEqualTo("2026-01-11T05:00:00Z");
    assertThat(promised("2026-01-11T05:00:00Z"))
        .as("at six itself")
        .isEqualTo("2026-01-12T05:00:00Z");
    assertThat(promised("2026-03-28T05:30:00Z")).isEqualTo("2026-03-29T04:00:00Z");
  }

  private static Instant promised(String planned) {
    return new ScheduleProperties(
            "0 30 2 * * *",
            ROME,
            LocalTime.of(6, 0),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10))
        .promised(Instant.parse(planned));
  }

  @Test
  void afterAFailureItIsDueSoonAndThenLessAndLessSo() {
    assertThat(afterFailure(0)).isEqualTo("2026-01-11T02:05:00Z");
    assertThat(afterFailure(1)).isEqualTo("2026-01-11T02:10:00Z");
    assertThat(afterFailure(3)).isEqualTo("2026-01-11T02:40:00Z");
  }

  @Test
  void atTheLatestItIsDueTheNextNight() {
    assertThat(afterFailure(9)).isEqualTo("2026-01-12T01:30:00Z");
    assertThat(afterFailure(1_000)).isEqualTo("2026-01-12T01:30:00Z");
  }

  @Test
  void anExpressionThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new NightlySchedule("at night", ROME, Duration.ofMinutes(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at night");
  }

  private Instant next(String after) {
    return schedule.getInitialExecutionTime(Instant.parse(after));
  }

  private Instant afterFailure(int failuresBefore) {
    var done = Instant.parse("2026-01-11T02:00:00Z");
    var execution =
        new Execution(
            Instant.parse("2026-01-11T01:30:00Z"),
            new TaskInstance<>("nightly", "recurring"),
            true,
            "somebody",
            null,
            null,
            failuresBefore,
            null,
            1);
    return schedule.getNextExecutionTime(
        ExecutionComplete.failure(execution, done.minusSeconds(60), done, null));
  }
}
