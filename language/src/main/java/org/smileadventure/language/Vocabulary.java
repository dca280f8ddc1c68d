package org.smileadventure.language;

import java.util.Map;

/**
 * The names of what the game and the figures tell: emotional states, types of sessions, triggers,
 * strategies, figures and their units.
 */
public final class Vocabulary {
  private static final Messages NAMES = Messages.beside(Vocabulary.class, "vocabulary");

  private Vocabulary() {}

  /**
   * The name of a value of a kind: {@code name(ITALIAN, "state", "anxious")}. What a game calls by
   * a name of its own, as it may with triggers and strategies, is shown as it came, without
   * underscores.
   */
  public static String name(Language language, String kind, String value) {
    var key = kind + "." + value;
    return NAMES.has(key) ? NAMES.text(language, key) : value.replace('_', ' ');
  }

  /** A number with its unit: {@code amount(ENGLISH, "seconds", 12.34)} is "12.3 seconds". */
  public static String amount(Language language, String unit, double value) {
    return NAMES.text(language, "amount." + unit, Map.of("value", value));
  }
}
