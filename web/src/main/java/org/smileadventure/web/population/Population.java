package org.smileadventure.web.population;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All children together over 90 days, and those of an age or a support level. */
public record Population(
    Cohort all, List<Cohort> byAge, List<Cohort> bySupportLevel, List<Distribution> distributions) {

  /**
   * A cohort, or why nothing is told of it.
   *
   * @param reason null: it is told; else all that follows is null
   * @param playingChildren the figures are theirs
   * @param otherChildren null if their number is not published by itself
   * @param oldestPublishedAt as old as this the figures may be
   */
  public record Cohort(
      String name,
      @Nullable String reason,
      @Nullable Long playingChildren,
      @Nullable Long otherChildren,
      @Nullable Long sessions,
      @Nullable Double completionRate,
      @Nullable Spread score,
      @Nullable Spread engagement,
      @Nullable Spread success,
      @Nullable Instant oldestPublishedAt) {}

  /** Of the children's means; each child counts once. */
  public record Spread(long n, double mean, double sd) {}

  /**
   * A part of a group's children.
   *
   * @param scope the group
   * @param share from 0 to 1; shareLow and shareHigh are its 95 % interval
   */
  public record Distribution(
      String topic,
      List<String> scope,
      String category,
      long children,
      long ofChildren,
      double share,
      double shareLow,
      double shareHigh) {}

  /** In the order of their names. */
  public Map<String, List<Distribution>> topics() {
    return distributions.stream()
        .collect(Collectors.groupingBy(Distribution::topic, TreeMap::new, Collectors.toList()));
  }
}
