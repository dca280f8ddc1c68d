package org.smileadventure.web.report;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.child.Child;
import org.smileadventure.web.child.Story;
import org.smileadventure.web.child.Window;

/**
 * How a child came along in some days, as the API tells it.
 *
 * @param language of its sentences
 * @param next what could be done next
 */
public record Report(
    long childId,
    String childName,
    int age,
    Window window,
    String language,
    List<Story.Sentence> sentences,
    List<String> next,
    List<Line> figures,
    List<String> goingWell,
    List<String> lookAfter,
    List<String> dataNotes,
    Instant computedAt) {

  /** The pictures in it, by the API's names. */
  static final List<String> PICTURES =
      List.of("distress", "recovery", "score", "triggers", "strategies");

  private static final Set<String> IN_NUMBERS =
      Set.of(
          "completed sessions",
          "time played",
          "score",
          "engagement",
          "success",
          "duration",
          "recovery from distress");

  /**
   * A figure.
   *
   * @param value null: there is too little that it could rest on
   * @param n number of sessions that it rests on; null: it is a count itself
   */
  public record Line(String figure, @Nullable Double value, String unit, @Nullable Long n) {
    public String key() {
      return figure.replace(' ', '_');
    }

    /** As amounts are named. */
    public String amountUnit() {
      return switch (unit) {
        case "%" -> "percent";
        case "of 100" -> "of_100";
        default -> unit;
      };
    }
  }

  public Child child() {
    return new Child(childId, childName, age, window.timeZone(), null);
  }

  /** The sentence about this; null: there is none. */
  public Story.@Nullable Sentence about(String topic) {
    return sentences.stream()
        .filter(sentence -> sentence.topic().equals(topic))
        .findFirst()
        .orElse(null);
  }

  public List<Line> numbers() {
    return figures.stream().filter(line -> IN_NUMBERS.contains(line.figure())).toList();
  }
}
