package org.smileadventure.web.children;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The children of a viewer at a glance.
 *
 * @param totalChildren also those beyond the cards
 */
public record Dashboard(long totalChildren, List<Card> children) {

  /** Whether there is another child of this name and age. */
  public boolean hasDouble(Card child) {
    return children.stream()
        .anyMatch(
            other ->
                other.childId() != child.childId()
                    && other.age() == child.age()
                    && other.name().equals(child.name()));
  }

  /**
   * A child.
   *
   * @param lastSessionDay null: it has not played yet
   */
  public record Card(
      long childId,
      String name,
      int age,
      Play week,
      Play month,
      Trends trends,
      List<Risk> risks,
      @Nullable LocalDate lastSessionDay) {

    /**
     * What to say of the last month: what gets better and what to look after, one each, or else how
     * it stands. By the names of texts.
     */
    public List<String> standsOut() {
      if (lastSessionDay == null) {
        return List.of("never");
      }
      var found = Stream.of(trends.better(), lookAfter()).flatMap(told -> told.limit(1)).toList();
      if (!found.isEmpty()) {
        return found;
      }
      return List.of(trends.areTold() ? "same" : "early");
    }

    private Stream<String> lookAfter() {
      var all = risks.stream().map(Risk::rule).toList();
      return Stream.concat(Risk.TOLD.stream().filter(all::contains), trends.worse());
    }
  }

  /** How much was played. */
  public record Play(long sessions, double minutes) {}

  /** Improving, declining or stable over a month; null where it takes more sessions to tell. */
  public record Trends(
      @Nullable String score,
      @Nullable String engagement,
      @Nullable String success,
      @Nullable String recovery) {

    boolean areTold() {
      return score != null || engagement != null || success != null || recovery != null;
    }

    Stream<String> better() {
      return going("improving");
    }

    Stream<String> worse() {
      return going("declining");
    }

    /** What matters most comes first. */
    private Stream<String> going(String direction) {
      return Stream.of(
              direction.equals(recovery) ? "recovery" : "",
              direction.equals(success) ? "success" : "",
              direction.equals(engagement) ? "engagement" : "",
              direction.equals(score) ? "score" : "")
          .filter(figure -> !figure.isEmpty())
          .map(figure -> direction + "-" + figure);
    }
  }

  /** Something to look after. */
  public record Risk(String rule) {
    /** What matters most comes first. */
    private static final List<String> TOLD =
        List.of(
            "distress_rising",
            "overwhelmed_exits",
            "long_silence",
            "play_dropped",
            "score_declining",
            "abandonment_high");
  }
}
