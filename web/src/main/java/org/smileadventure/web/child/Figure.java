package org.smileadventure.web.child;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a child in a window, in the language of the page.
 *
 * @param better up or down
 * @param certainty clear, likely, unclear or too_early
 * @param why what the sentence rests on, a sentence each
 * @param caution what may make it look better than it is; null: nothing known
 * @param needed null: there is enough to tell
 * @param before null: there is nothing before all days
 * @param grain day, week or month: what a point is of
 * @param withoutPlay days of the window without any session
 * @param phases what began or ended in the window
 */
public record Figure(
    String figure,
    Window window,
    String unit,
    String better,
    String certainty,
    String title,
    String sentence,
    String means,
    List<String> why,
    @Nullable String caution,
    @Nullable Needed needed,
    Measure measure,
    @Nullable Before before,
    String grain,
    List<Point> points,
    WithoutPlay withoutPlay,
    List<Beginning> phases) {

  /** All that there are, in the order in which they matter to a family. */
  public static final List<String> ALL =
      List.of("distress", "recovery", "success", "score", "engagement", "duration", "rating");

  /** Of the sessions that have the figure; the values are null where there is none. */
  public record Measure(long n, @Nullable Double mean, @Nullable Double min, @Nullable Double max) {

    /** One of mean, least, most. */
    public @Nullable Double value(String which) {
      return switch (which) {
        case "mean" -> mean;
        case "least" -> min;
        case "most" -> max;
        default -> throw new IllegalArgumentException(which);
      };
    }
  }

  /** As many days before. */
  public record Before(LocalDate from, LocalDate to, Measure measure, String sentence) {}

  /** The mean of the sessions of these days. */
  public record Point(LocalDate from, LocalDate to, long n, double mean) {}

  /** A line of a table: the mean of some days, or that there was no play in them. */
  public record Row(LocalDate from, LocalDate to, @Nullable Point point) {}

  /** The points, and the stretches without play between them, newest first. */
  public List<Row> rows() {
    return Stream.concat(
            points.stream().map(point -> new Row(point.from(), point.to(), point)),
            withoutPlay.stretches().stream()
                .map(stretch -> new Row(stretch.from(), stretch.to(), null)))
        .sorted(Comparator.comparing(Row::to).thenComparing(Row::from).reversed())
        .toList();
  }

  /** The stretches without play among so many days, with a sentence about all of them. */
  public record WithoutPlay(long of, List<Stretch> stretches, String sentence) {}

  /** Days in a row, both ends in it. */
  public record Stretch(LocalDate from, LocalDate to) {}

  /** A phase, as a therapy; without a last day it goes on. */
  public record Beginning(
      UUID id, LocalDate day, @Nullable LocalDate until, String kind, String label) {}
}
