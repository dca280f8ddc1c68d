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
import org.smileadventure.common.metric.Certainty;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.Measure;
import org.smileadventure.common.metric.Needed;
import org.smileadventure.common.metric.Strategies;
import org.smileadventure.common.metric.Support;
import org.smileadventure.common.metric.Triggers;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.common.store.DayRange;
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

/** Reads how a child's window went. */
@Component
public class StoryReader {
  private final JdbcClient jdbc;

  StoryReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
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
        .map(
            window -> {
              var days = window.days();
              var figures = WindowFigures.of(window.moments(), days.first(), days.last());
              return new Read(story(window, figures, language, now), window.validUntil());
            });
  }

  /**
   * The story of a window that was read.
   *
   * @param figures of the window
   */
  public Story story(FigureWindow window, WindowFigures figures, Language language, Instant now) {
    var days = window.days();
    var words = new StoryWords(language, window.name());
    var advice = new AdviceWords(language);
    return new Story(
        days.child().value(),
        window.name(),
        window.frame(),
        List.of(
            surest(
                "calm",
                window,
                language,
                new Measured(Figure.RECOVERY, figures.recovery()),
                new Measured(Figure.DISTRESS, figures.distress())),
            surest(
                "progress",
                window,
                language,
                new Measured(Figure.SCORE, figures.score()),
                new Measured(Figure.SUCCESS, figures.success())),
            upsets(figures.triggers(), window.moments(), words),
            helps(figures.strategies(), figures.support(), words)),
        figures.recommendations().stream().map(advice::recommendation).toList(),
        before(days.before()),
        now);
  }

  private static Story.@Nullable DaysBefore before(@Nullable DayRange days) {
    return days == null ? null : new Story.DaysBefore(requireNonNull(days.first()), days.last());
  }

  /** A figure, and how it is in the window. */
  private record Measured(Figure figure, Measure measure) {
    Certainty certainty() {
      return measure.trend().certainty();
    }
  }

  /** Of the figure of which most can be told; of equals, the first. */
  private static Story.Sentence surest(
      String topic, FigureWindow window, Language language, Measured... figures) {
    return Stream.of(figures)
        .min(Comparator.comparing(Measured::certainty))
        .map(measured -> sentence(topic, window, language, measured))
        .orElseThrow();
  }

  private static Story.Sentence sentence(
      String topic, FigureWindow window, Language language, Measured measured) {
    var moments = window.moments();
    var figure = measured.figure();
    var measure = measured.measure();
    var certainty = measured.certainty();
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

  private static Story.Sentence upsets(Triggers triggers, WindowMoments moments, StoryWords words) {
    var first = triggers.first();
    if (first.isPresent()) {
      var trigger = first.get();
      return new Story.Sentence(
          "upsets",
          "triggers",
          trigger.certainty(),
          words.upset(trigger),
          words.why(trigger, triggers.lookedAt(), moments),
          null);
    }
    var seen = triggers.items().stream().mapToLong(Triggers.Item::n).max().orElse(0);
    return new Story.Sentence(
        "upsets",
        "triggers",
        Certainty.TOO_EARLY,
        words.tooEarlyForAnUpset(),
        List.of(),
        words.sightingsMissing(Triggers.LEAST_N - seen));
  }

  private static Story.Sentence helps(Strategies strategies, Support support, StoryWords words) {
    var aid = strategies.aid();
    var engagement = support.engagement();
    var isSurer = aid.isEmpty() || engagement.certainty().compareTo(aid.get().certainty()) < 0;
    if (engagement.helps() && isSurer) {
      return new Story.Sentence(
          "helps",
          "support",
          engagement.certainty(),
          words.support(engagement),
          words.whySupport(engagement),
          null);
    }
    if (aid.isPresent()) {
      return new Story.Sentence(
          "helps",
          "strategies",
          aid.get().certainty(),
          words.aid(aid.get()),
          words.why(aid.get(), strategies.lookedAt()),
          null);
    }
    var isKnown =
        engagement.certainty() != Certainty.TOO_EARLY
            || strategies.items().stream()
                .anyMatch(item -> item.certainty() != Certainty.TOO_EARLY);
    var tried = words.tried(strategies);
    return isKnown
        ? new Story.Sentence("helps", "strategies", Certainty.UNCLEAR, words.noHelp(), tried, null)
        : new Story.Sentence(
            "helps",
            "strategies",
            Certainty.TOO_EARLY,
            words.tooEarlyForHelp(),
            tried,
            words.episodesMissing(
                strategies.items().stream()
                    .mapToLong(Strategies.Item::episodesMissing)
                    .min()
                    .orElse(2L * Strategies.LEAST_EPISODES)));
  }
}
