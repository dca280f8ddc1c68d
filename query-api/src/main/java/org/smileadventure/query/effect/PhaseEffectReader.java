package org.smileadventure.query.effect;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fold.SessionFigures;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.metric.DaysWithoutPlay;
import org.smileadventure.common.metric.PhaseEffect;
import org.smileadventure.common.metric.PhaseFigure;
import org.smileadventure.common.metric.PlayPace;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.PlayReader;
import org.smileadventure.language.Language;
import org.smileadventure.query.answer.NamedChild;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.phase.Phase;
import org.smileadventure.query.phase.PhaseDays;
import org.smileadventure.query.phase.PhaseReader;
import org.smileadventure.query.words.EffectWords;
import org.smileadventure.query.words.Missing;
import org.smileadventure.query.words.PaceWords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads how a child played in a phase and before it. In a transaction to which the child was
 * opened; at most twice 366 days of sessions, however long the phase lasts.
 */
@Component
class PhaseEffectReader {
  static final int MOST_DAYS = 366;
  static final int DAYS_WITHOUT_A_PHASE_BEFORE = 180;

  private final PhaseReader phases;
  private final PlayReader play;
  private final JdbcClient jdbc;

  PhaseEffectReader(PhaseReader phases, JdbcClient jdbc) {
    this.phases = phases;
    this.play = new PlayReader(jdbc);
    this.jdbc = jdbc;
  }

  /**
   * What was read.
   *
   * @param validUntil the child's next midnight, when a phase that goes on is longer
   */
  record Read(PhaseEffects effects, Instant validUntil) {}

  /**
   * The effects at this time; empty if the viewer may not see the child, or there is none.
   *
   * @param told figures
   * @param figure one of them, of which points are told; null: the one that most can be said of
   */
  Optional<Read> read(
      Viewer viewer,
      ChildId child,
      UUID phase,
      List<PhaseFigure> told,
      @Nullable PhaseFigure figure,
      Language language,
      Instant now) {
    return NamedChild.read(jdbc, viewer, child)
        .map(
            seen -> {
              var today = seen.today(now);
              var all = new PhaseDays(phases.of(child));
              var asked =
                  all.phases().stream()
                      .filter(known -> known.id().equals(phase))
                      .findFirst()
                      .orElseThrow(() -> PhaseReader.notFound(phase));
              var words =
                  new EffectWords(language, seen.name(), asked.label(), goesOn(asked, today));
              var effects =
                  new Effects(
                          all, asked, today, words, new PaceWords(language, seen.name()), language)
                      .of(child, told, figure, now);
              return new Read(effects, seen.nextMidnight(now));
            });
  }

  private static boolean goesOn(Phase phase, LocalDate today) {
    return phase.until() == null || !phase.until().isBefore(today);
  }

  private final class Effects {
    private final PhaseDays all;
    private final Phase phase;
    private final LocalDate today;

    /** The day on which the phase before began, if it is not too long ago. */
    private final LocalDate first;

    /** Null: the phase has not begun. */
    private final @Nullable LocalDate last;

    /** Whether there were more days than are looked at. */
    private final boolean bounded;

    private final EffectWords words;
    private final PaceWords pace;
    private final Language language;

    Effects(
        PhaseDays all,
        Phase phase,
        LocalDate today,
        EffectWords words,
        PaceWords pace,
        Language language) {
      this.all = all;
      this.phase = phase;
      this.today = today;
      this.words = words;
      this.pace = pace;
      this.language = language;
      var begun = begunBefore(all, phase);
      var earliest = phase.day().minusDays(MOST_DAYS);
      var end = lastSoFar(all, phase, today);
      var latest = phase.day().plusDays(MOST_DAYS - 1L);
      this.first = begun.isBefore(earliest) ? earliest : begun;
      this.last = phase.day().isAfter(today) ? null : end.isAfter(latest) ? latest : end;
      this.bounded = begun.isBefore(earliest) || end.isAfter(latest);
    }

    private static LocalDate begunBefore(PhaseDays all, Phase phase) {
      var begun = all.dayBefore(phase);
      return begun == null ? phase.day().minusDays(DAYS_WITHOUT_A_PHASE_BEFORE) : begun;
    }

    private static LocalDate lastSoFar(PhaseDays all, Phase phase, LocalDate today) {
      var end = all.last(phase);
      return end == null || end.isAfter(today) ? today : end;
    }

    PhaseEffects of(
        ChildId child, List<PhaseFigure> told, @Nullable PhaseFigure asked, Instant now) {
      var before = new DayRange(child, first, phase.day().minusDays(1));
      var during = last == null ? null : new DayRange(child, phase.day(), last);
      var played = play.values(during == null ? List.of(before) : List.of(before, during));
      var earlier = played.stream().filter(s -> s.day().isBefore(phase.day())).toList();
      var later = played.stream().filter(s -> !s.day().isBefore(phase.day())).toList();
      var sideBefore = Side.of(before, earlier, today);
      var sideDuring = during == null ? null : Side.of(during, later, today);
      var rangeBefore = sideBefore.range();
      var rangeDuring = sideDuring == null ? null : sideDuring.range();
      var caution =
          sideDuring == null
              ? null
              : pace.caution(sideDuring.pace(), sideBefore.pace()).orElse(null);
      var figures =
          told.stream()
              .map(
                  figure ->
                      told(
                          PhaseEffect.of(
                              figure,
                              PhaseEffect.values(figure, earlier),
                              PhaseEffect.values(figure, later)),
                          caution))
              .toList();
      var shown = asked == null ? surest(figures) : asked;
      return new PhaseEffects(
          phase,
          rangeBefore,
          rangeDuring,
          figures,
          remarks(rangeBefore, rangeDuring),
          all.others(phase, rangeBefore.from(), last == null ? phase.day() : last),
          new PhaseEffects.Points(
              shown, PhaseEffect.values(shown, earlier), PhaseEffect.values(shown, later)),
          now);
    }

    private PhaseEffects.FigureEffect told(PhaseEffect effect, @Nullable String caution) {
      var figure = effect.figure();
      return new PhaseEffects.FigureEffect(
          effect,
          words.title(figure),
          figure.unit(),
          figure.upIsGood() ? "up" : "down",
          words.sentence(effect),
          words.why(effect),
          looksBetter(effect) ? caution : null,
          needed(effect));
    }

    private static boolean looksBetter(PhaseEffect effect) {
      var change = effect.change();
      return change != null
          && (effect.reading().isBetter()
              || (effect.figure().upIsGood() ? 1 : -1) * change.level()
                  >= effect.figure().leastEffect());
    }

    private @Nullable Missing needed(PhaseEffect effect) {
      return effect.lack() == null
          ? null
          : Missing.ofPhases(
              language,
              Math.max(0, PhaseEffect.LEAST_N - effect.before().n()),
              Math.max(0, PhaseEffect.LEAST_N - effect.during().n()));
    }

    private List<String> remarks(PhaseEffects.Range before, PhaseEffects.@Nullable Range during) {
      var remarks = new ArrayList<String>();
      if (during == null) {
        remarks.add(words.remark("future"));
      } else if (during.sessions() == 0) {
        remarks.add(words.remark("empty"));
      }
      if (before.sessions() == 0) {
        remarks.add(words.remark("empty_before"));
      }
      all.overlaps(phase).forEach(other -> remarks.add(words.overlap(other.label())));
      if (phase.until() == null) {
        all.next(phase)
            .filter(next -> !next.day().isAfter(today))
            .ifPresent(next -> remarks.add(words.next(next.label(), next.day())));
      }
      if (bounded) {
        remarks.add(words.bounded(MOST_DAYS));
      }
      return List.copyOf(remarks);
    }
  }

  private static PhaseFigure surest(List<PhaseEffects.FigureEffect> figures) {
    return figures.stream()
        .map(PhaseEffects.FigureEffect::effect)
        .min(Comparator.comparing(PhaseEffect::certainty))
        .map(PhaseEffect::figure)
        .orElseThrow();
  }

  /** The days before the phase, or those of it, and how much was played in them. */
  private record Side(PhaseEffects.Range range, PlayPace pace) {
    static Side of(DayRange days, List<SessionFigures> sessions, LocalDate today) {
      var first = requireNonNull(days.first());
      var played = sessions.stream().map(SessionFigures::day).collect(Collectors.toSet());
      var pace =
          new PlayPace(
              ChronoUnit.DAYS.between(first, days.last()) + 1,
              sessions.size(),
              count(sessions, null),
              count(sessions, Status.ABANDONED));
      return new Side(
          new PhaseEffects.Range(
              first,
              days.last(),
              pace.sessions(),
              pace.ended(),
              pace.abandoned(),
              pace.perWeek(),
              DaysWithoutPlay.of(first, days.last(), today, played::contains)),
          pace);
    }

    /** How many sessions have the status; null: any in which they are over. */
    private static long count(List<SessionFigures> sessions, @Nullable Status status) {
      return sessions.stream()
          .filter(s -> status == null ? s.status() != Status.IN_PROGRESS : s.status() == status)
          .count();
    }
  }
}
