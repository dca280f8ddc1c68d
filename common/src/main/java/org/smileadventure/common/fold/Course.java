package org.smileadventure.common.fold;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The course of a session's emotions: the document {@code game_sessions.emotions}, as
 * docs/metrics.md describes it.
 *
 * @param micros how long each state lasted, be it for no time at all
 * @param first state of the first step; null: no emotion is told
 * @param transitions how often one state followed another, by {@code from>to}
 * @param observations how many emotions were observed
 * @param intoDistress how many of these were a move into distress
 * @param episodes of distress, in their order
 */
public record Course(
    SortedMap<String, Long> micros,
    @Nullable String first,
    @Nullable String last,
    SortedMap<String, Long> transitions,
    int observations,
    int intoDistress,
    SortedMap<String, Trigger> triggers,
    SortedMap<String, Strategy> strategies,
    List<Episode> episodes) {

  /** Observations with this trigger, and how many of them were a move into distress. */
  public record Trigger(int observations, int intoDistress) {}

  /** How often the child calmed down in this way, with what effect, and how often by itself. */
  public record Strategy(int uses, int effectivenessSum, int childInitiated) {}

  /**
   * The child got into distress, and out of it again or not.
   *
   * @param trigger of the observation with which it began; null: none was told
   * @param millis how long it took; null: the session ended before it did
   * @param strategies that were used meanwhile
   */
  public record Episode(
      @Nullable String trigger, @Nullable Long millis, SortedSet<String> strategies) {}

  /**
   * The same, of a clock that cannot be believed: no state is known to have lasted at all, and no
   * episode is told.
   */
  Course withoutTimes() {
    var none = new TreeMap<String, Long>();
    micros.keySet().forEach(state -> none.put(state, 0L));
    return new Course(
        none,
        first,
        last,
        transitions,
        observations,
        intoDistress,
        triggers,
        strategies,
        List.of());
  }

  /** The document. Keys with nothing to tell are left out. */
  public String toJson() {
    return CourseJson.write(this);
  }

  /** Reads the document back. */
  public static Course parse(String json) {
    return CourseJson.read(json);
  }
}
