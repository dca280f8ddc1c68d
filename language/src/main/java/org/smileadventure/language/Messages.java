package org.smileadventure.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Texts of a message file, each with the same keys in all languages. A text is a pattern of ICU's
 * {@link MessageFormat} with named arguments, so numbers, dates and plurals are as the language has
 * them. Thread-safe.
 */
public final class Messages {
  private final String name;
  private final Map<Language, Map<String, Text>> texts;

  private Messages(String name, Map<Language, Map<String, Text>> texts) {
    this.name = name;
    this.texts = texts;
  }

  /** A pattern that was read once, as that takes far longer than to fill it in. */
  private record Text(MessageFormat format, Set<String> arguments) {
    Text(MessageFormat format) {
      this(format, Set.copyOf(format.getArgumentNames()));
    }

    /** What a format keeps while it writes is of one thread at a time. */
    String filledIn(Map<String, ?> given) {
      synchronized (format) {
        return format.format(given);
      }
    }
  }

  /**
   * The texts of {@code NAME_en.properties} and {@code NAME_it.properties} beside the class, in
   * UTF-8.
   *
   * @throws IllegalStateException if a file is not there, a pattern is broken, or a key or an
   *     argument is in one language only
   */
  public static Messages beside(Class<?> owner, String name) {
    var patterns = new EnumMap<Language, Map<String, String>>(Language.class);
    for (var language : Language.spoken()) {
      patterns.put(language, read(owner, name + "_" + language.tag() + ".properties"));
    }
    var texts = new EnumMap<Language, Map<String, Text>>(Language.class);
    for (var language : Language.values()) {
      var read = new HashMap<String, Text>();
      patterns
          .getOrDefault(language.written(), Map.of())
          .forEach((key, pattern) -> read.put(key, new Text(format(name, key, pattern, language))));
      texts.put(language, Map.copyOf(read));
    }
    var messages = new Messages(name, texts);
    messages.requireAlike(Language.ENGLISH, Language.ITALIAN);
    return messages;
  }

  /**
   * The text of a key that takes no arguments.
   *
   * @throws IllegalArgumentException if there is no such key
   */
  public String text(Language language, String key) {
    return text(language, key, Map.of());
  }

  /**
   * The text of a key, with these arguments: numbers, texts, and dates and times of java.time.
   *
   * @throws IllegalArgumentException if there is no such key, or an argument is missing
   */
  public String text(Language language, String key, Map<String, ?> arguments) {
    var text = find(language, key);
    if (text == null) {
      throw new IllegalArgumentException(name + " has no text " + key);
    }
    if (!arguments.keySet().containsAll(text.arguments())) {
      throw new IllegalArgumentException(
          "%s of %s takes %s".formatted(key, name, text.arguments()));
    }
    return text.filledIn(arguments);
  }

  public boolean has(String key) {
    return find(Language.ENGLISH, key) != null;
  }

  /** In order. */
  public Set<String> keys() {
    return new TreeSet<>(texts.getOrDefault(Language.ENGLISH, Map.of()).keySet());
  }

  private @Nullable Text find(Language language, String key) {
    return texts.getOrDefault(language, Map.of()).get(key);
  }

  private static Map<String, String> read(Class<?> owner, String file) {
    try (var stream = owner.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("there is no " + file + " beside " + owner.getName());
      }
      var properties = new Properties();
      properties.load(new InputStreamReader(stream, UTF_8));
      var patterns = new HashMap<String, String>();
      properties.forEach((key, pattern) -> patterns.put((String) key, (String) pattern));
      return patterns;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageFormat format(String name, String key, String pattern, Language language) {
    try {
      return new MessageFormat(Pseudo.of(language).written(pattern), language.written().locale());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(key + " of " + name + " is no pattern: " + pattern, e);
    }
  }

  private void requireAlike(Language one, Language other) {
    var first = texts.getOrDefault(one, Map.of());
    var second = texts.getOrDefault(other, Map.of());
    first.forEach(
        (key, text) -> {
          var same = second.get(key);
          if (same == null || !same.arguments().equals(text.arguments())) {
            throw new IllegalStateException(
                "%s of %s is not the same in %s and %s".formatted(key, name, one, other));
          }
        });
    if (!first.keySet().equals(second.keySet())) {
      var more = new TreeSet<>(second.keySet());
      more.removeAll(first.keySet());
      throw new IllegalStateException("%s of %s are in %s only".formatted(more, name, other));
    }
  }
}
