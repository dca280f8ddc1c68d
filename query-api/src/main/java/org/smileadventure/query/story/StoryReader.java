package org.smileadventure.query.story;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.metric.Aid;
import org.smileadventure.common.metric.Certainty;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.Needed;
import org.smileadventure.common.metric.Support;
import org.smileadventure.common.metric.Upset;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.PlayReader;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.figure.FigureWindow;
import org.smileadventure.query.words.AdviceWords;
import org.smileadventure.query.words.FigureWords;
import org.smileadventure.query.words.Missing;
import org.smileadventure.query.words.StoryWords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads how a child's window went. What helps is looked for in the sessions of its last year at
 * most, so what it takes does not grow with the child's history.
 */
@Component
public class StoryReader {
  private static final long MOST_DAYS_OF_SESSIONS = 366;
  private static final long LEAST_SIGHTINGS = 3;
  private static final long LEAST_RECOVERIES = 4;

  private final JdbcClient jdbc;
  private final PlayReader play;

  StoryReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.play = new PlayReader(jdbc);
  }

  /**
   * A story that was read.
   *
   * @param validUntil the child's next midnight, when the days of a window become others
   */
  public record Read(Story story, Instant validUntil) {}

  /**
   * The story at this time; empty if the viewer may not see the child, or there is none. In a
   * transaction to which the child was opened.
   */
  public Optional<Read> read(
      Viewer viewer, ChildId child, Period period, Language language, Instant now) {
    return FigureWindow.read(jdbc, viewer, child, period, now)
        .map(window -> new Read(story(window, language, now), window.validUntil()));
  }

  /** The story of a window that was read. */
  public Story story(FigureWindow window, Language language, Instant now) {
    var days = window.days();
    var words = new StoryWords(language, window.name());
    var advice = new AdviceWords(language);
    var figures = WindowFigures.of(window.moments(), days.first(), days.last());
    return new Story(
        days.child().value(),
        window.name(),
        window.frame(),
        List.of(
            surest("calm", window, language, Figure.RECOVERY, Figure.DISTRESS),
            surest("progress", window, language, Figure.SCORE, Figure.SUCCESS),
            upsets(window.moments(), words),
            helps(window.moments(), Aid.of(play.sessions(List.of(lastYear(days)))), words)),
        figures.recommendations().stream().map(advice::recommendation).toList(),
        before(days.before()),
        now);
  }

  private static DayRange lastYear(DayRange days) {
    var first = days.last().minusDays(MOST_DAYS_OF_SESSIONS - 1);
    return days.first() == null || days.first().isBefore(first)
        ? new DayRange(days.child(), first, days.last())
        : days;
  }

  private static Story.@Nullable DaysBefore before(@Nullable DayRange days) {
    return days == null ? null : new Story.DaysBefore(requireNonNull(days.first()), days.last());
  }

  /** Of the figure of which most can be told; of equals, the first. */
  private static Story.Sentence surest(
      String topic, FigureWindow window, Language language, Figure... figures) {
    return Stream.of(figures)
        .map(figure -> sentence(topic, window, language, figure))
        .min(Comparator.comparing(Story.Sentence::certainty))
        .orElseThrow();
  }

  private static Story.Sentence sentence(
      String topic, FigureWindow window, Language language, Figure figure) {
    var moments = window.moments();
    var measure = figure.measure(moments);
    var certainty = figure.certainty(measure);
    var words = new FigureWords(language, window.name(), figure);
    return new Story.Sentence(
        topic,
        figure.wireName(),
        certainty,
        words.sentence(certainty, measure, figure.band(moments)),
        Stream.concat(
                words.why(measure, moments).stream(),
                window.caution(figure, measure, language).stream())
            .toList(),
        Needed.of(figure, moments, window.lately(), window.today(), window.length())
            .map(needed -> Missing.of(language, needed))
            .orElse(null));
  }

  private static Story.Sentence upsets(WindowMoments moments, StoryWords words) {
    var found = Upset.of(moments);
    if (found.isPresent()) {
      var upset = found.get();
      return new Story.Sentence(
          "upsets",
          "triggers",
          upset.certainty(),
          words.upset(upset),
          words.why(upset, moments.observations(), moments.intoDistress()),
          null);
    }
    var seen =
        moments.triggers().stream().mapToLong(WindowMoments.Trigger::observations).max().orElse(0);
    return seen < LEAST_SIGHTINGS
        ? new Story.Sentence(
            "upsets",
            "triggers",
            Certainty.TOO_EARLY,
            words.tooEarlyForAnUpset(),
            List.of(),
            words.sightingsMissing(LEAST_SIGHTINGS - seen))
        // Distress never began.
        : new Story.Sentence(
            "upsets", "triggers", Certainty.UNCLEAR, words.noUpset(), List.of(), null);
  }

  private static Story.Sentence helps(
      WindowMoments moments, Optional<Aid> found, StoryWords words) {
    var support = Support.engagement(moments);
    var byStrategy = found.map(aid -> aid.recovery().certainty()).orElse(Certainty.TOO_EARLY);
    var strategy = found.filter(aid -> aid.shortens() && byStrategy.tells());
    var isSupport =
        support.certainty().tells()
            && support.difference() != null
            && support.difference() > 0
            && (strategy.isEmpty() || support.certainty().compareTo(byStrategy) < 0);
    if (isSupport) {
      return new Story.Sentence(
          "helps",
          "support",
          support.certainty(),
          words.support(support),
          words.whySupport(support),
          null);
    }
    if (strategy.isPresent()) {
      return new Story.Sentence(
          "helps",
          "strategies",
          byStrategy,
          words.aid(strategy.get()),
          words.why(strategy.get()),
          null);
    }
    var missing = recoveriesMissing(moments);
    return missing > 0
            && byStrategy == Certainty.TOO_EARLY
            && support.certainty() == Certainty.TOO_EARLY
        ? new Story.Sentence(
            "helps",
            "strategies",
            Certainty.TOO_EARLY,
            words.tooEarlyForHelp(),
            List.of(),
            words.recoveriesMissing(missing))
        : new Story.Sentence(
            "helps",
            "strategies",
            Certainty.UNCLEAR,
            words.noHelp(),
            found.map(words::why).orElse(List.of()),
            null);
  }

  /** Of sessions with one strategy, and of those without any. */
  private static long recoveriesMissing(WindowMoments moments) {
    var with =
        moments.strategies().stream().mapToLong(WindowMoments.Strategy::recoveries).max().orElse(0);
    return Math.max(0, LEAST_RECOVERIES - with)
        + Math.max(0, LEAST_RECOVERIES - moments.unaidedRecoveries());
  }
}
