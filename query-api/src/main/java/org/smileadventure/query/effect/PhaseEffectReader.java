package org.smileadventure.query.effect;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final int MOST_DAYS = 366;
  private static final int DAYS_WITHOUT_A_PHASE_BEFORE = 180;

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
   * @param figure of which points are told; null: the one that most can be said of
   */
  Optional<Read> read(
      Viewer viewer,
      ChildId child,
      UUID phase,
      @Nullable PhaseFigure figure,
      Language language,
      Instant now) {
    return NamedChild.read(jdbc, viewer, child)
        .map(
            seen -> {
              var today = LocalDate.ofInstant(now, seen.zone());
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
                      .of(child, figure, now);
              return new Read(effects, today.plusDays(1).atStartOfDay(seen.zone()).toInstant());
            });
  }

  private static boolean goesOn(Phase phase, LocalDate today) {
    return phase.until() == null || !phase.until().isBefore(today);
  }

  private final class Effects {
    private final PhaseDays all;
    private final Phase phase;
    private final LocalDate today;
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
    }

    PhaseEffects of(ChildId child, @Nullable PhaseFigure asked, Instant now) {
      var before = new DayRange(child, firstBefore(), phase.day().minusDays(1));
      var last = last();
      var during = last == null ? null : new DayRange(child, phase.day(), last);
      var played = play.values(during == null ? List.of(before) : List.of(before, during));
      var earlier = played.stream().filter(s -> s.day().isBefore(phase.day())).toList();
      var later = played.stream().filter(s -> !s.day().isBefore(phase.day())).toList();
      var rangeBefore = range(before, earlier, today);
      var rangeDuring = during == null ? null : range(during, later, today);
      var caution =
          rangeDuring == null
              ? null
              : pace.caution(pace(rangeDuring), pace(rangeBefore)).orElse(null);
      var figures =
          Arrays.stream(PhaseFigure.values())
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

    /** The day on which the phase before began, if it is not too long ago. */
    private LocalDate firstBefore() {
      return isLongBefore() ? earliest() : begunBefore();
    }

    private boolean isLongBefore() {
      return begunBefore().isBefore(earliest());
    }

    private LocalDate begunBefore() {
      var begun = all.dayBefore(phase);
      return begun == null ? phase.day().minusDays(DAYS_WITHOUT_A_PHASE_BEFORE) : begun;
    }

    private LocalDate earliest() {
      return phase.day().minusDays(MOST_DAYS);
    }

    /** Null: it has not begun. */
    private @Nullable LocalDate last() {
      if (phase.day().isAfter(today)) {
        return null;
      }
      return lastsLong() ? latest() : lastSoFar();
    }

    private boolean lastsLong() {
      return lastSoFar().isAfter(latest());
    }

    private LocalDate lastSoFar() {
      var end = all.last(phase);
      return end == null || end.isAfter(today) ? today : end;
    }

    private LocalDate latest() {
      return phase.day().plusDays(MOST_DAYS - 1L);
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
      var overlaps = all.overlaps(phase);
      all.phases().stream()
          .filter(other -> overlaps.contains(other.id()))
          .map(other -> words.overlap(other.label()))
          .forEach(remarks::add);
      if (phase.until() == null) {
        all.next(phase)
            .filter(next -> !next.day().isAfter(today))
            .ifPresent(next -> remarks.add(words.next(next.label(), next.day())));
      }
      if (isLongBefore() || lastsLong()) {
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

  private static PhaseEffects.Range range(
      DayRange days, List<SessionFigures> sessions, LocalDate today) {
    var first = requireNonNull(days.first());
    var played = sessions.stream().map(SessionFigures::day).collect(Collectors.toSet());
    var without = DaysWithoutPlay.of(first, days.last(), today, played::contains);
    var pace =
        new PlayPace(
            days(first, days.last()),
            sessions.size(),
            count(sessions, null),
            count(sessions, Status.ABANDONED));
    return new PhaseEffects.Range(
        first,
        days.last(),
        pace.sessions(),
        pace.ended(),
        pace.abandoned(),
        pace.perWeek(),
        without);
  }

  /** How many sessions have the status; null: any in which they are over. */
  private static long count(List<SessionFigures> sessions, @Nullable Status status) {
    return sessions.stream()
        .filter(s -> status == null ? s.status() != Status.IN_PROGRESS : s.status() == status)
        .count();
  }

  private static PlayPace pace(PhaseEffects.Range range) {
    return new PlayPace(
        days(range.from(), range.to()), range.sessions(), range.ended(), range.abandoned());
  }

  private static long days(LocalDate first, LocalDate last) {
    return ChronoUnit.DAYS.between(first, last) + 1;
  }
}
