package org.smileadventure.web.child;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a child in a window, in the language of the page.
 *
 * @param better up or down
 * @param certainty clear, likely, unclear or too_early
 * @param why what the sentence rests on, a sentence each
 * @param needed null: there is enough to tell
 * @param before null: there is nothing before all days
 * @param grain day, week or month: what a point is of
 * @param phases what began in the window
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
    @Nullable Needed needed,
    Measure measure,
    @Nullable Before before,
    String grain,
    List<Point> points,
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

  /** Something that began, as a therapy. */
  public record Beginning(UUID id, LocalDate day, String kind, String label) {}
}
