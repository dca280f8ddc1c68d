package org.smileadventure.common.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Payload.AchievementUnlocked;
import org.smileadventure.common.event.Payload.HelpRequested;
import org.smileadventure.common.event.Payload.InteractionRecorded;
import org.smileadventure.common.event.Payload.LevelCompleted;
import org.smileadventure.common.event.Payload.ParentRated;
import org.smileadventure.common.event.Payload.ProgressMarked;
import org.smileadventure.common.event.SessionEvent;

/** What of a session's events is only counted. */
final class Tally {
  /** The order of code points, which is not that in which a String compares itself. */
  private static final Comparator<String> BY_CODE_POINTS =
      Comparator.comparing(text -> text.getBytes(UTF_8), Arrays::compareUnsigned);

  int interactions;
  int correct;
  int incorrect;
  int hints;
  int helps;
  int levels;
  int maxLevel;
  final SortedSet<String> achievements = new TreeSet<>(BY_CODE_POINTS);
  final SortedSet<String> markers = new TreeSet<>(BY_CODE_POINTS);
  @Nullable ParentRated rating;
  private boolean levelsHaveScores;
  private long levelScore;
  private final List<Integer> responseMillis = new ArrayList<>();

  static Tally of(List<SessionEvent> events) {
    var tally = new Tally();
    for (var event : events) {
      switch (event.payload()) {
        case InteractionRecorded interaction -> tally.count(interaction);
        case HelpRequested _ -> tally.helps++;
        case LevelCompleted level -> tally.count(level);
        case AchievementUnlocked achievement -> tally.achievements.add(achievement.id());
        case ProgressMarked marker -> tally.markers.add(marker.id());
        // Of what the device tells, the last counts, in whatever order it came.
        case ParentRated rated -> tally.rating = rated;
        default -> {
          // It is more than counted.
        }
      }
    }
    Collections.sort(tally.responseMillis);
    return tally;
  }

  private void count(InteractionRecorded interaction) {
    interactions++;
    switch (interaction.outcome()) {
      case CORRECT -> correct++;
      case INCORRECT -> incorrect++;
      case NEUTRAL -> {
        // Neither right nor wrong.
      }
    }
    if (Boolean.TRUE.equals(interaction.hintUsed())) {
      hints++;
    }
    if (interaction.responseTimeMs() != null) {
      responseMillis.add(interaction.responseTimeMs());
    }
  }

  private void count(LevelCompleted level) {
    levels++;
    maxLevel = Math.max(maxLevel, level.level());
    if (level.score() != null) {
      levelsHaveScores = true;
      levelScore += level.score();
    }
  }

  /**
   * The points for all levels; null if none had any. Cut where the column ends, lest one session
   * that nobody can have played be refused for ever.
   */
  @Nullable Integer levelScore() {
    return levelsHaveScores ? (int) Math.min(levelScore, Integer.MAX_VALUE) : null;
  }

  /** The least response time that has at least this share of them at or below it. */
  @Nullable Integer responseMillis(int percent) {
    var n = responseMillis.size();
    return n == 0 ? null : responseMillis.get((int) (((long) n * percent + 99) / 100) - 1);
  }
}
