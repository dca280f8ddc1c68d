package org.smileadventure.common.fold;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Payload.ActivityRecorded;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.ParentRated;
import org.smileadventure.common.event.Payload.SessionEnded;
import org.smileadventure.common.event.Payload.SessionStarted;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.WireName;

/**
 * Computes a session from its events. A pure function: the same events give the same session,
 * however they arrived. All of it is exact, and rounded once, where docs/metrics.md says so.
 */
public final class SessionFold {
  private static final int LONG_WITHOUT_A_LEVEL_SECONDS = 300;
  private static final long LONGEST_SECONDS = Duration.ofDays(7).toSeconds();
  private static final long LONGEST_ACTIVE_SECONDS = Duration.ofDays(1).toSeconds();

  private final List<SessionEvent> events;
  private final @Nullable SessionStarted started;
  private final @Nullable Ending end;
  private final SessionTimes times;
  private final Set<QualityNote> notes;
  private final @Nullable Integer durationSeconds;
  private final @Nullable Integer activeSeconds;
  private final @Nullable Integer pausedSeconds;
  private final int pauseCount;
  private final Tally tally;
  private final EmotionSteps emotions;
  private final @Nullable Course course;
  private final @Nullable ParentRated rating;
  private final int lostEvents;

  /**
   * The session of these events; empty if there is none, or nothing but activities, which stand by
   * themselves. Any other event makes a session, though its start may be lost.
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
    return isPlay(events)
        ? Optional.of(new SessionFold(events, rating, closedBySilence).session(zone))
        : Optional.empty();
  }

  /** Whether these events make a session. */
  public static boolean isPlay(List<SessionEvent> events) {
    for (var event : events) {
      if (!(event.payload() instanceof ActivityRecorded)) {
        return true;
      }
    }
    return false;
  }

  private SessionFold(
      List<SessionEvent> events, @Nullable ParentRated applicationRating, boolean closedBySilence) {
    this.events = events;
    var start = first(SessionStarted.class);
    var toldEnd = first(SessionEnded.class);
    this.started = start != null && start.payload() instanceof SessionStarted told ? told : null;
    this.end = Ending.of(toldEnd, closedBySilence);
    this.notes = EnumSet.noneOf(QualityNote.class);
    if (start == null) {
      notes.add(QualityNote.START_MISSING);
    }
    if (end == null) {
      // What a session that has not ended shows depends on its first event alone, so it does not
      // matter how its events were batched.
      var first = start == null ? events.getFirst() : start;
      this.times = SessionTimes.of(List.of(first), start, null);
      this.durationSeconds = null;
      this.activeSeconds = null;
      this.pausedSeconds = 0;
      this.pauseCount = 0;
      this.tally = new Tally();
      this.emotions = new EmotionSteps();
      this.course = null;
      this.rating = null;
      this.lostEvents = start == null ? first.sequence() - 1 : 0;
    } else {
      this.times = SessionTimes.of(events, start, toldEnd);
      notes.addAll(times.contradictions());
      var startMicros = Micros.of(times.startedAt());
      var endMicros = Micros.of(times.endedAt());
      var duration = Math.toIntExact(Micros.seconds(endMicros - startMicros));
      var pauses = Pauses.of(events, startMicros, endMicros);
      var paused = (int) Math.min(pauses.seconds(), duration);
      var pausesFit = pauses.claimedSeconds() <= duration;
      if (start != null && timesAreBelievable()) {
        noteLength(duration, pausesFit ? duration - paused : 0, pausesFit);
      }
      var lengthIsKnown = start != null && timesAreBelievable();
      this.durationSeconds = lengthIsKnown ? duration : null;
      this.activeSeconds = lengthIsKnown && pausesFit ? Integer.valueOf(duration - paused) : null;
      this.pausedSeconds =
          timesAreBelievable() && (pausesFit || start == null) ? Integer.valueOf(paused) : null;
      this.pauseCount = pauses.count();
      this.tally = Tally.of(events);
      this.emotions =
          EmotionSteps.of(
              events, started == null ? null : started.initialEmotion(), startMicros, endMicros);
      var seen = emotions.ended(endMicros, end.told().finalEmotion());
      this.course = timesAreBelievable() ? seen : seen.withoutTimes();
      this.rating = applicationRating == null ? tally.rating : applicationRating;
      this.lostEvents = events.getLast().sequence() - events.size();
      noteFigures(endMicros - startMicros);
    }
    if (events.getFirst().sessionId().contradicts(times.startedAt())) {
      notes.add(QualityNote.ID_CONTRADICTS_TIMES);
    }
  }

  private @Nullable SessionEvent first(Class<?> kind) {
    for (var event : events) {
      if (kind.isInstance(event.payload())) {
        return event;
      }
    }
    return null;
  }

  /** What no clock contradicts, and nobody plays for so long. */
  private void noteLength(int duration, int active, boolean pausesFit) {
    if (duration > LONGEST_SECONDS) {
      notes.add(QualityNote.LASTED_OVER_A_WEEK);
    }
    if (active > LONGEST_ACTIVE_SECONDS) {
      notes.add(QualityNote.ACTIVE_OVER_A_DAY);
    }
    if (!pausesFit) {
      notes.add(QualityNote.PAUSES_EXCEED_DURATION);
    }
  }

  /**
   * Whether lengths can be told from the times. Pauses that do not fit leave the duration as it is.
   */
  private boolean timesAreBelievable() {
    return !notes.contains(QualityNote.ENDED_BEFORE_START)
        && !notes.contains(QualityNote.CLOCK_WENT_BACK)
        && !notes.contains(QualityNote.CLOCK_JUMPED)
        && !notes.contains(QualityNote.LASTED_OVER_A_WEEK)
        && !notes.contains(QualityNote.ACTIVE_OVER_A_DAY);
  }

  /** That correct and incorrect responses are interactions holds by the way they are counted. */
  private void noteFigures(long lengthMicros) {
    if (tally.helps > tally.interactions) {
      notes.add(QualityNote.HELP_REQUESTS_EXCEED_INTERACTIONS);
    }
    if (scoreComesFromNothing()) {
      notes.add(QualityNote.SCORE_WITHOUT_INTERACTIONS);
    }
    var slowest = tally.responseMillis(100);
    if (durationSeconds != null && slowest != null && 1_000L * slowest > lengthMicros) {
      notes.add(QualityNote.RESPONSE_EXCEEDS_DURATION);
    }
    if (durationSeconds != null
        && durationSeconds > LONG_WITHOUT_A_LEVEL_SECONDS
        && tally.levels == 0) {
      notes.add(QualityNote.NO_LEVEL_COMPLETED);
    }
    if (tally.hints > 2 * tally.helps) {
      notes.add(QualityNote.HINTS_EXCEED_HELP);
    }
  }

  private Session session(ZoneId zone) {
    var startedAt = times.startedAt().atZone(zone);
    var exitReason = end == null ? null : end.told().exitReason();
    var initialEmotion = started == null ? null : started.initialEmotion();
    var finalEmotion = end == null ? null : end.told().finalEmotion();
    var responsesAreBelievable = !notes.contains(QualityNote.RESPONSE_EXCEEDS_DURATION);
    var figures =
        new SessionFigures(
            events.getFirst().sessionId(),
            events.getFirst().childId(),
            times.startedAt(),
            startedAt.toLocalDate(),
            startedAt.getHour(),
            started == null ? null : WireName.of(started.sessionType()),
            scenario(),
            end == null ? Status.IN_PROGRESS : Status.of(end.told().status()),
            "overwhelmed".equals(exitReason),
            started == null ? null : Boolean.TRUE.equals(started.supportPersonPresent()),
            tally.interactions,
            tally.levels,
            tally.achievements.size(),
            (initialEmotion == null ? 0 : 1) + (finalEmotion == null ? 0 : 1),
            scoreComesFromNothing() ? null : score(),
            engagement(),
            success(),
            durationSeconds,
            activeSeconds,
            durationSeconds == null ? null : emotions.distressSeconds(),
            timesAreBelievable() ? emotions.recoveryMillis() : null,
            rating == null ? null : rating.rating(),
            course);
    var details =
        new SessionDetails(
            started == null ? null : started.scenarioName(),
            started == null ? null : started.scenarioId(),
            started == null ? null : started.scenarioVersion(),
            started == null ? null : started.deviceType(),
            started == null ? null : started.deviceModel(),
            started == null ? null : started.appVersion(),
            started == null ? null : started.environmentType(),
            WireName.ofAny(initialEmotion),
            WireName.ofAny(finalEmotion),
            end == null ? null : times.endedAt(),
            exitReason,
            end != null && end.bySilence(),
            pauseCount,
            pausedSeconds,
            tally.maxLevel,
            tally.correct,
            tally.incorrect,
            tally.helps,
            tally.hints,
            tally.helps > tally.interactions ? null : perInteraction(tally.helps),
            perInteraction(tally.hints),
            volatility(),
            responsesAreBelievable ? tally.responseMillis(50) : null,
            responsesAreBelievable ? tally.responseMillis(90) : null,
            List.copyOf(tally.achievements),
            List.copyOf(tally.markers),
            rating == null ? null : rating.notes(),
            rating == null ? null : rating.observedBehavior(),
            quality(),
            lostEvents,
            List.copyOf(notes));
    return new Session(figures, details);
  }

  private @Nullable String scenario() {
    if (started == null) {
      return null;
    }
    return started.scenarioId() == null ? started.scenarioName() : started.scenarioId();
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
    if (end == null || activeSeconds == null) {
      return null;
    }
    return Engagement.hundredths(
        tally.interactions,
        tally.achievements.size(),
        end.told().status() == EndStatus.COMPLETED,
        activeSeconds);
  }

  private @Nullable BigDecimal perInteraction(int count) {
    return tally.interactions == 0 ? null : Ratio.withFourDecimals(count, tally.interactions);
  }

  private @Nullable BigDecimal volatility() {
    var changes = emotions.changes();
    return changes == null || activeSeconds == null || activeSeconds == 0
        ? null
        : Ratio.withFourDecimals(60 * changes, activeSeconds);
  }

  private Quality quality() {
    if (started == null) {
      return Quality.PARTIAL;
    }
    if (end == null || end.bySilence()) {
      return Quality.MINIMAL;
    }
    return lostEvents > 0 ? Quality.PARTIAL : Quality.COMPLETE;
  }
}
