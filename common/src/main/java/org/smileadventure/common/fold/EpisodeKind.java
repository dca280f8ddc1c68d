package org.smileadventure.common.fold;

import org.jspecify.annotations.Nullable;

/**
 * What episodes of distress are counted by.
 *
 * @param trigger with which they began; null: none was told
 * @param strategy that was used; null: none was
 */
record EpisodeKind(@Nullable String trigger, @Nullable String strategy) {
  /** In no name: the contract refuses it. */
  private static final char END_OF_TRIGGER = '\0';

  static EpisodeKind parse(String name) {
    var end = name.indexOf(END_OF_TRIGGER);
    var strategy = name.substring(end + 1);
    return new EpisodeKind(
        end < 0 ? null : name.substring(0, end), strategy.isEmpty() ? null : strategy);
  }

  /** A name of its own for each kind. A trigger may be empty, a strategy may not. */
  String name() {
    var used = strategy == null ? "" : strategy;
    return trigger == null ? used : trigger + END_OF_TRIGGER + used;
  }
}
