package org.smileadventure.demo.story;

import java.util.Optional;
import java.util.Random;

/**
 * What a child's days are like, told by how many days ago they were. Yesterday is 1. Chance has its
 * say afterwards, except where a plot draws between two kinds of days.
 */
interface Plot {

  /** In a sentence, what there is to see. */
  String summary();

  /** The first day with play. */
  int firstDay();

  /** From 0 to 1, how likely the child plays on that day. */
  double likelihood(int daysAgo);

  /** How a session of that day goes. */
  Sitting sitting(int daysAgo, Random drawn);

  /** What the child does on that day beside playing. */
  default Optional<Deed> deed(int daysAgo, Random drawn) {
    return Optional.empty();
  }

  /** From {@code before} to {@code after}, as far as {@code progress} from 0 to 1 has come. */
  static double between(double before, double after, double progress) {
    return before + (after - before) * Math.clamp(progress, 0, 1);
  }
}
