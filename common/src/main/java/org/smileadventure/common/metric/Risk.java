package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.fold.WindowMoments;

/**
 * Something to look after, with what it rests on.
 *
 * @param threshold what the inputs were held against
 */
public record Risk(Rule rule, Map<String, Object> inputs, Map<String, Object> threshold) {
  /** In one order, so that instances answer alike. */
  public Risk {
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    threshold = Collections.unmodifiableMap(new TreeMap<>(threshold));
  }

  private static final long FEWER_TIMES = 2;
  private static final double MOST_ABANDONED = 30;
  private static final int LEAST_ENDED = 5;
  private static final int LONGEST_SILENCE_DAYS = 14;
  private static final int LEAST_OVERWHELMED_EXITS = 2;

  /** In the order in which they are told. */
  public enum Rule {
    SCORE_DECLINING,
    DISTRESS_RISING,
    PLAY_DROPPED,
    ABANDONMENT_HIGH,
    LONG_SILENCE,
    OVERWHELMED_EXITS;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static List<Risk> of(WindowMoments moments, Measure score, Measure distress, LocalDate last) {
    var risks = new ArrayList<Risk>();
    addIfDeclining(risks, Rule.SCORE_DECLINING, score.trend(), Effect.SCORE);
    addIfDeclining(risks, Rule.DISTRESS_RISING, distress.trend(), Effect.DISTRESS);
    var before = moments.surroundings().sessionsBefore();
    if (before != null && moments.sessions() * FEWER_TIMES < before) {
      risks.add(
          new Risk(
              Rule.PLAY_DROPPED,
              Map.of("sessions", moments.sessions(), "sessions_before", before),
              Map.of("fewer_by_percent", 50)));
    }
    if (moments.ended() >= LEAST_ENDED
        && Share.percentage(moments.sessions(Status.ABANDONED), moments.ended()) > MOST_ABANDONED) {
      risks.add(
          new Risk(
              Rule.ABANDONMENT_HIGH,
              Map.of(
                  "abandoned_percent",
                  Share.percentage(moments.sessions(Status.ABANDONED), moments.ended()),
                  "n",
                  moments.ended()),
              Map.of("abandoned_percent", MOST_ABANDONED, "n", LEAST_ENDED)));
    }
    var lastPlay = moments.surroundings().lastPlay();
    if (lastPlay != null && ChronoUnit.DAYS.between(lastPlay, last) > LONGEST_SILENCE_DAYS) {
      risks.add(
          new Risk(
              Rule.LONG_SILENCE,
              // How many days that is would be another number every day.
              Map.of("last_day", lastPlay.toString()),
              Map.of("days", LONGEST_SILENCE_DAYS)));
    }
    if (moments.overwhelmedExits() >= LEAST_OVERWHELMED_EXITS) {
      risks.add(
          new Risk(
              Rule.OVERWHELMED_EXITS,
              Map.of("exits", moments.overwhelmedExits()),
              Map.of("exits", LEAST_OVERWHELMED_EXITS)));
    }
    return List.copyOf(risks);
  }

  /** On which day a silence that began after this one becomes a risk. */
  static LocalDate silentFrom(LocalDate lastPlay) {
    return lastPlay.plusDays(LONGEST_SILENCE_DAYS + 1L);
  }

  private static void addIfDeclining(List<Risk> risks, Rule rule, Trend trend, Effect effect) {
    if (trend.is(Trend.Direction.DECLINING)
        && trend.slopePerWeek() != null
        && trend.interval() != null
        && trend.change() != null) {
      risks.add(
          new Risk(
              rule,
              Map.of(
                  "slope_per_week", trend.slopePerWeek(),
                  "interval", trend.interval(),
                  "change", trend.change(),
                  "n", trend.n()),
              Map.of("change", effect.upIsGood() ? -effect.least() : effect.least())));
    }
  }
}
