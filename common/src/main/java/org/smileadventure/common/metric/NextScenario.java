package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What to play next, by the first rule that holds.
 *
 * @param mastery of the scenario; null: something new, or it is too early
 * @param others how many scenarios the rule held for beside this one
 */
public record NextScenario(Rule rule, @Nullable Mastery mastery, int others) {
  private static final int REFRESH_AFTER_DAYS = 14;
  private static final int LEFT_BEHIND_AFTER_DAYS = 180;

  private static final Comparator<Mastery> LONGEST_AGO =
      Comparator.comparing(Mastery::lastDay).thenComparing(Mastery::scenario, CodePoints.ORDER);
  private static final Comparator<Mastery> NEAREST =
      Comparator.comparingLong(Mastery::percent).reversed().thenComparing(LONGEST_AGO);
  private static final Comparator<Mastery> CALMEST =
      Comparator.<Mastery>comparingDouble(m -> (double) m.calm().calm() / m.calm().of())
          .reversed()
          .thenComparing(NEAREST);

  /** Why. */
  public enum Rule {
    /** Not known yet, and calm: the one that is nearest. */
    REACH_MASTERY,
    /** Known, calm, and not played for a while: the one that was played longest ago. */
    REFRESH,
    /** Not known yet, and upsetting: the calmest. */
    WITH_CARE,
    /** All that was played lately is known. */
    SOMETHING_NEW,
    TOO_EARLY;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of what a child has played. */
  public static NextScenario of(List<Mastery> played, LocalDate today) {
    var lately =
        played.stream()
            .map(Mastery::lastDay)
            .max(LocalDate::compareTo)
            .map(last -> last.minusDays(LEFT_BEHIND_AFTER_DAYS))
            .orElse(today);
    var candidates =
        played.stream()
            .filter(mastery -> mastery.stage() != Mastery.Stage.TOO_EARLY)
            .filter(mastery -> !mastery.lastDay().isBefore(lately))
            .toList();
    if (candidates.isEmpty()) {
      return new NextScenario(Rule.TOO_EARLY, null, 0);
    }
    Predicate<Mastery> known = mastery -> mastery.stage() == Mastery.Stage.MASTERED;
    Predicate<Mastery> upsets = mastery -> mastery.calm().isUpset();
    Predicate<Mastery> rested = mastery -> daysSince(mastery, today) >= REFRESH_AFTER_DAYS;
    return first(candidates, Rule.REACH_MASTERY, known.negate().and(upsets.negate()), NEAREST)
        .or(
            () ->
                first(
                    candidates, Rule.REFRESH, known.and(upsets.negate()).and(rested), LONGEST_AGO))
        .or(() -> first(candidates, Rule.WITH_CARE, known.negate(), CALMEST))
        .orElse(new NextScenario(Rule.SOMETHING_NEW, null, 0));
  }

  private static Optional<NextScenario> first(
      List<Mastery> candidates, Rule rule, Predicate<Mastery> holds, Comparator<Mastery> order) {
    var all = candidates.stream().filter(holds).sorted(order).toList();
    return all.stream().findFirst().map(one -> new NextScenario(rule, one, all.size() - 1));
  }

  /** Days since the last attempt. */
  public static long daysSince(Mastery mastery, LocalDate today) {
    return ChronoUnit.DAYS.between(mastery.lastDay(), today);
  }
}
