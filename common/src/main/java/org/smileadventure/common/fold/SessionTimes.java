package org.smileadventure.common.fold;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Payload.ParentRated;
import org.smileadventure.common.event.Payload.SessionPaused;
import org.smileadventure.common.event.Payload.SessionResumed;
import org.smileadventure.common.event.SessionEvent;

/**
 * When a session was, by the clock of its device. Where that clock was set while the session went
 * on, its events fall into stretches that no one clock can have told; the stretch with the most
 * events says when the session was, so that one bad time never moves a session to another day.
 *
 * @param contradictions between the times; none: they can be believed
 */
record SessionTimes(Instant startedAt, Instant endedAt, Set<QualityNote> contradictions) {
  /** So far a clock may be set back without a word: networks set clocks right all the time. */
  private static final long SKEW_MICROS = 120 * Micros.A_SECOND;

  /** For longer nobody plays on without anything that happens. */
  private static final long JUMP_MICROS = Duration.ofDays(1).toSeconds() * Micros.A_SECOND;

  /**
   * The times of a session.
   *
   * @param events in the order of their sequence, at least one
   * @param start the first event that tells one; null: none does
   * @param end the first event that tells one; null: none does
   */
  static SessionTimes of(
      List<SessionEvent> events, @Nullable SessionEvent start, @Nullable SessionEvent end) {
    var contradictions = EnumSet.noneOf(QualityNote.class);
    var best = longestStretch(events, contradictions);
    if (start != null && end != null && end.occurredAt().isBefore(start.occurredAt())) {
      contradictions.add(QualityNote.ENDED_BEFORE_START);
    }
    var startedAt = start != null && best.has(start) ? start.occurredAt() : best.first.occurredAt();
    var endedAt = end != null && best.has(end) ? end.occurredAt() : best.latest;
    return new SessionTimes(
        startedAt,
        endedAt.isBefore(startedAt) ? startedAt : endedAt,
        Collections.unmodifiableSet(contradictions));
  }

  private static Stretch longestStretch(
      List<SessionEvent> events, Set<QualityNote> contradictions) {
    Stretch best = null;
    Stretch current = null;
    var paused = false;
    for (var event : events) {
      if (!isOfThePlay(event)) {
        continue;
      }
      if (current != null) {
        var ahead = Micros.of(event.occurredAt()) - Micros.of(current.latest);
        var isBack = ahead < -SKEW_MICROS;
        if (isBack || (ahead > JUMP_MICROS && !paused)) {
          contradictions.add(isBack ? QualityNote.CLOCK_WENT_BACK : QualityNote.CLOCK_JUMPED);
          best = current.orBetter(best);
          current = null;
        }
      }
      if (current == null) {
        current = new Stretch(event);
      } else {
        current.add(event);
      }
      paused =
          switch (event.payload()) {
            case SessionPaused _ -> true;
            case SessionResumed _ -> false;
            default -> paused;
          };
    }
    return current == null ? new Stretch(events.getFirst()) : current.orBetter(best);
  }

  /** What a parent says may come days after the play. */
  private static boolean isOfThePlay(SessionEvent event) {
    return !(event.payload() instanceof ParentRated);
  }

  /** Successive events that one clock can have told. */
  private static final class Stretch {
    final SessionEvent first;
    Instant latest;
    private SessionEvent last;
    private int events = 1;

    Stretch(SessionEvent first) {
      this.first = first;
      this.last = first;
      this.latest = first.occurredAt();
    }

    void add(SessionEvent event) {
      events++;
      last = event;
      if (event.occurredAt().isAfter(latest)) {
        latest = event.occurredAt();
      }
    }

    boolean has(SessionEvent event) {
      return event.sequence() >= first.sequence() && event.sequence() <= last.sequence();
    }

    /** This one, which comes later, or the other: the one with more events, or nearer to the id. */
    Stretch orBetter(@Nullable Stretch earlier) {
      if (earlier == null || events > earlier.events) {
        return this;
      }
      return events == earlier.events && fromId().compareTo(earlier.fromId()) < 0 ? this : earlier;
    }

    private Duration fromId() {
      return Duration.between(first.occurredAt(), first.sessionId().madeAt()).abs();
    }
  }
}
