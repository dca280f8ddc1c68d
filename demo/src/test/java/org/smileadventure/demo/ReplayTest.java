package org.smileadventure.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;

class ReplayTest {
  private static final Instant NOW = Instant.parse("2026-11-23T18:00:00Z");

  private static List<RecordedSession> recorded;
  private static Map<String, ChildId> children;
  private static List<SessionEvent> events;

  @BeforeAll
  static void replay() {
    recorded = RecordedSession.all();
    children = new HashMap<>();
    recorded.forEach(
        s -> children.computeIfAbsent(s.player(), _ -> new ChildId(children.size() + 1)));
    events = new Replay().events(recorded, children, NOW);
  }

  @Test
  void allThatWasRecordedIsTold() {
    assertThat(recorded).hasSize(1_000);
    assertThat(children).hasSize(649);
    assertThat(events.stream().collect(groupingBy(SessionEvent::type, counting())))
        .isEqualTo(
            Map.of(
                EventType.SESSION_STARTED, 1_000L,
                EventType.SESSION_ENDED, 1_000L,
                EventType.INTERACTION_RECORDED, 143_158L,
                EventType.EMOTION_OBSERVED, 6_346L + 187_152L + 35_822L,
                EventType.HELP_REQUESTED, 10_676L,
                EventType.ACHIEVEMENT_UNLOCKED, 3_794L,
                EventType.SESSION_PAUSED, 479L,
                EventType.SESSION_RESUMED, 479L));
  }

  @Test
  void eachSessionIsToldInSequenceFromItsStartToItsEnd() {
    assertThat(sessions()).hasSize(1_000);
    sessions()
        .forEach(
            (id, session) -> {
              assertThat(session)
                  .extracting(SessionEvent::sequence)
                  .isEqualTo(IntStream.rangeClosed(1, session.size()).boxed().toList());
              assertThat(session.getFirst().type()).isEqualTo(EventType.SESSION_STARTED);
              assertThat(session.getLast().type()).isEqualTo(EventType.SESSION_ENDED);
              assertThat(id.value().getMostSignificantBits() >>> 16)
                  .isEqualTo(session.getFirst().occurredAt().toEpochMilli());
            });
  }

  @Test
  void timesMoveByWholeWeeksIntoThePastWeek() {
    var firstRecorded =
        recorded.stream().map(RecordedSession::startedAt).min(Instant::compareTo).orElseThrow();
    var moved = Duration.between(firstRecorded, events.getFirst().occurredAt());
    assertThat(moved.toMillis() % Duration.ofDays(7).toMillis()).isZero();
    assertThat(events.getLast().occurredAt()).isBetween(NOW.minus(Duration.ofDays(7)), NOW);
  }

  @Test
  void sessionsLeftOpenForDaysComeThroughAsTheyAre() {
    assertThat(sessions().values())
        .extracting(s -> Duration.between(s.getFirst().occurredAt(), s.getLast().occurredAt()))
        .filteredOn(length -> length.compareTo(Duration.ofDays(1)) > 0)
        .containsExactlyInAnyOrder(Duration.ofMillis(87_037_889), Duration.ofMillis(175_098_405));
  }

  @Test
  void isTheSameEachTime() {
    assertThat(new Replay().events(recorded, children, NOW)).isEqualTo(events);
  }

  private static Map<SessionId, List<SessionEvent>> sessions() {
    return events.stream().collect(groupingBy(SessionEvent::sessionId));
  }
}
