package org.smileadventure.common.fold;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.ParentRated;
import org.smileadventure.common.event.Payload.SessionStarted;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.WireName;

/**
 * Computes a session from its events. A pure function: the same events give the same session,
 * however they arrived. All of it is exact, and rounded once, where docs/metrics.md says so.
 */
public final class SessionFold {
  private static final int LONG_WITHOUT_A_LEVEL_SECONDS = 300;

  private final SessionEvent start;
  private final SessionStarted started;
  private final @Nullable Ending end;
  private final int durationSeconds;
  private final Pauses pauses;
  private final Tally tally;
  private final EmotionSteps emotions;
  private final @Nullable Course course;
  private final @Nullable ParentRated rating;
  private final int lostEvents;

  /**
   * The session of these events; empty if its start is not among them.
   *
   * @param events of one session and child, in the order of their sequence, each once
   * @param rating what was said in the application, if it reached us later than the device's last
   *     word; else null
   * @param zone where the child lives
   * @param closedBySilence whether the session was given up, or is now, as nothing is heard of it;
   *     an end that is told counts nevertheless
   */
  public static Optional<Session> of(
      List<SessionEvent> events,
      @Nullable ParentRated rating,
      ZoneId zone,
      boolean closedBySilence) {
    for (var event : events) {
      if (event.payload() instanceof SessionStarted started) {
        var end = Ending.of(events, event.occurredAt(), closedBySilence);
        return Optional.of(new SessionFold(events, event, started, end, rating).session(zone));
      }
    }
    return Optional.empty();
  }

  private SessionFold(
      List<SessionEvent> events,
      SessionEvent start,
      SessionStarted started,
      @Nullable Ending end,
      @Nullable ParentRated applicationRating) {
    this.start = start;
    this.started = started;
    this.end = end;
    if (end == null) {
      // What a session that has not ended shows depends on its start alone, so it does not matter
      // how its events were batched.
      this.durationSeconds = 0;
      this.pauses = Pauses.NONE;
      this.tally = new Tally();
      this.emotions = new EmotionSteps();
      this.course = null;
      this.rating = null;
      this.lostEvents = 0;
    } else {
      var startMicros = Micros.of(start.occurredAt());
      var endMicros = Micros.of(end.at());
      this.durationSeconds = Math.toIntExact(Micros.seconds(endMicros - startMicros));
      this.pauses = Pauses.of(events, startMicros, endMicros);
      this.tally = Tally.of(events);
      this.emotions = EmotionSteps.of(events, started.initialEmotion(), startMicros, endMicros);
      if (end.told().finalEmotion() != null) {
        emotions.step(endMicros, end.told().finalEmotion());
      }
      this.course = emotions.ended(endMicros);
      this.rating = applicationRating == null ? tally.rating : applicationRating;
      this.lostEvents = events.getLast().sequence() - events.size();
    }
  }

  private Session session(ZoneId zone) {
    var startedAt = start.occurredAt().atZone(zone);
    var exitReason = end == null ? null : end.told().exitReason();
    var finalEmotion = end == null ? null : end.told().finalEmotion();
    var figures =
        new SessionFigures(
            start.sessionId(),
            start.childId(),
            start.occurredAt(),
            startedAt.toLocalDate(),
            startedAt.getHour(),
            WireName.of(started.sessionType()),
            started.scenarioId() == null ? started.scenarioName() : started.scenarioId(),
            end == null ? Status.IN_PROGRESS : Status.of(end.told().status()),
            "overwhelmed".equals(exitReason),
            isSupported(),
            tally.interactions,
            tally.levels,
            tally.achievements.size(),
            (started.initialEmotion() == null ? 0 : 1) + (finalEmotion == null ? 0 : 1),
            scoreComesFromNothing() ? null : score(),
            engagement(),
            success(),
            end == null ? null : durationSeconds,
            end == null ? null : activeSeconds(),
            emotions.distressSeconds(),
            emotions.recoveryMillis(),
            rating == null ? null : rating.rating(),
            course);
    var details =
        new SessionDetails(
            started.scenarioName(),
            started.scenarioId(),
            started.scenarioVersion(),
            started.deviceType(),
            started.deviceModel(),
            started.appVersion(),
            started.environmentType(),
            WireName.ofAny(started.initialEmotion()),
            WireName.ofAny(finalEmotion),
            end == null ? null : end.at(),
            exitReason,
            end != null && end.bySilence(),
            pauses.count(),
            pausedSeconds(),
            tally.maxLevel,
            tally.correct,
            tally.incorrect,
            tally.helps,
            tally.hints,
            tally.helps > tally.interactions ? null : perInteraction(tally.helps),
            perInteraction(tally.hints),
            volatility(),
            tally.responseMillis(50),
            tally.responseMillis(90),
            List.copyOf(tally.achievements),
            List.copyOf(tally.markers),
            rating == null ? null : rating.notes(),
            rating == null ? null : rating.observedBehavior(),
            quality(),
            lostEvents,
            qualityNotes());
    return new Session(figures, details);
  }

  private boolean isSupported() {
    return Boolean.TRUE.equals(started.supportPersonPresent());
  }

  private int pausedSeconds() {
    return (int) Math.min(pauses.seconds(), durationSeconds);
  }

  private int activeSeconds() {
    return durationSeconds - pausedSeconds();
  }

  /** Such a clock cannot be believed: what rests on the active time is not known. */
  private boolean pausesExceedDuration() {
    return pauses.claimedSeconds() > durationSeconds;
  }

  private @Nullable Integer score() {
    return end == null || end.told().score() == null ? tally.levelScore() : end.told().score();
  }

  private boolean scoreComesFromNothing() {
    var score = score();
    return score != null && score > 0 && tally.interactions == 0;
  }

  private @Nullable Integer success() {
    var responses = tally.correct + tally.incorrect;
    return responses == 0 ? null : (int) Ratio.rounded(10_000L * tally.correct, responses);
  }

  private @Nullable Integer engagement() {
    if (end == null || pausesExceedDuration()) {
      return null;
    }
    return Engagement.hundredths(
        tally.interactions,
        tally.achievements.size(),
        end.told().status() == EndStatus.COMPLETED,
        activeSeconds());
  }

  private @Nullable BigDecimal perInteraction(int count) {
    return tally.interactions == 0 ? null : Ratio.withFourDecimals(count, tally.interactions);
  }

  private @Nullable BigDecimal volatility() {
    var changes = emotions.changes();
    return changes == null || activeSeconds() == 0 || pausesExceedDuration()
        ? null
        : Ratio.withFourDecimals(60 * changes, activeSeconds());
  }

  private Quality quality() {
    if (end == null || end.bySilence()) {
      return Quality.MINIMAL;
    }
    return lostEvents > 0 ? Quality.PARTIAL : Quality.COMPLETE;
  }

  /**
   * Of the rules between fields, that responses are interactions and that pauses fit into the
   * session hold by the way they are counted. The second is still told, as it shows a clock that
   * cannot be believed.
   */
  private List<QualityNote> qualityNotes() {
    var notes = new ArrayList<QualityNote>();
    if (tally.helps > tally.interactions) {
      notes.add(QualityNote.HELP_REQUESTS_EXCEED_INTERACTIONS);
    }
    if (scoreComesFromNothing()) {
      notes.add(QualityNote.SCORE_WITHOUT_INTERACTIONS);
    }
    if (pausesExceedDuration()) {
      notes.add(QualityNote.PAUSES_EXCEED_DURATION);
    }
    if (tally.levels == 0 && durationSeconds > LONG_WITHOUT_A_LEVEL_SECONDS) {
      notes.add(QualityNote.NO_LEVEL_COMPLETED);
    }
    if (tally.hints > 2 * tally.helps) {
      notes.add(QualityNote.HINTS_EXCEED_HELP);
    }
    return List.copyOf(notes);
  }
}
