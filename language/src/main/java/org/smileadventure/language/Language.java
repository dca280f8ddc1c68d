package org.smileadventure.language;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jspecify.annotations.Nullable;

/**
 * A language that people read. Two of them are for tests: they show which words are in no message
 * file, and which places have no room for longer words or cannot be read from right to left.
 */
public enum Language {
  ENGLISH("en"),
  ITALIAN("it"),
  /** English with accents, a third longer. */
  ACCENTED("en-XA"),
  /** English from right to left. */
  MIRRORED("ar-XB");

  private static final List<Language> SPOKEN = List.of(ENGLISH, ITALIAN);

  private final Locale locale;

  Language(String tag) {
    this.locale = Locale.forLanguageTag(tag);
  }

  /** Those that somebody speaks. */
  public static List<Language> spoken() {
    return SPOKEN;
  }

  /**
   * The one that fits best.
   *
   * @param accepted as a client says it in Accept-Language; null or none that there is: English
   * @param pseudo whether it may be one for tests
   */
  public static Language of(@Nullable String accepted, boolean pseudo) {
    if (accepted == null || accepted.isBlank()) {
      return ENGLISH;
    }
    List<LanguageRange> ranges;
    try {
      ranges = LanguageRange.parse(accepted);
    } catch (IllegalArgumentException _) {
      return ENGLISH;
    }
    var offered = pseudo ? List.of(values()) : SPOKEN;
    var found = Locale.lookup(ranges, offered.stream().map(Language::locale).toList());
    return Arrays.stream(values())
        .filter(language -> language.locale.equals(found))
        .findFirst()
        .orElse(ENGLISH);
  }

  /** As BCP 47 has it: {@code it}. */
  public String tag() {
    return locale.toLanguageTag();
  }

  public Locale locale() {
    return locale;
  }

  public boolean isRightToLeft() {
    return this == MIRRORED;
  }

  /** The language whose messages it has. */
  Language written() {
    return this == ITALIAN ? ITALIAN : ENGLISH;
  }
}
