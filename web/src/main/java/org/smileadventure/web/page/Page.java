package org.smileadventure.web.page;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.language.Language;
import org.smileadventure.language.Vocabulary;
import org.smileadventure.web.login.Login;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/**
 * What every page knows of itself, beside its content: in which language it is, who looks, and what
 * a form in it needs. Each template takes it as {@code page}.
 *
 * @param path of this page, as it was asked for, without parameters
 * @param viewer null: nobody has logged in
 * @param done a text's key, of what was done just before; null: nothing
 */
public record Page(
    Language language,
    List<Language> languages,
    String path,
    Login.@Nullable Account viewer,
    CsrfToken csrf,
    @Nullable String done,
    ResourceUrlProvider assets) {

  /** A page of this template ({@code child/story} is {@code jte/child/story.jte}). */
  public ModelAndView show(String template, Object view) {
    return new ModelAndView(template, Map.of("page", this, "view", view));
  }

  /** A text in the language of the page, with arguments as name, value, name, value. */
  public String text(String key, Object... namesAndValues) {
    return Words.text(language, key, namesAndValues);
  }

  /** The text of a key; what it stands for as it is, if nobody has written one. */
  public String textOr(String key, String other) {
    return Words.has(key) ? text(key) : other.replace('_', ' ');
  }

  /** The same page in this language, and in no other. */
  public Page in(Language only) {
    return new Page(only, List.of(only), path, viewer, csrf, done, assets);
  }

  /** The name of what the game or a figure tells: {@code name("state", "anxious")}. */
  public String name(String kind, String value) {
    return Vocabulary.name(language, kind, value);
  }

  /** A number with its unit: {@code amount("seconds", 12.34)}. */
  public String amount(String unit, double value) {
    return Vocabulary.amount(language, unit, value);
  }

  /** The same word with a capital letter, to begin a line with. */
  public String sentenceCase(String words) {
    if (words.isEmpty()) {
      return words;
    }
    var first = words.offsetByCodePoints(0, 1);
    return words.substring(0, first).toUpperCase(language.locale()) + words.substring(first);
  }

  public Dates dates(String zone) {
    return new Dates(language, ZoneId.of(zone));
  }

  /** Days that belong to no zone, as a birthday. */
  public Dates dates() {
    return dates("UTC");
  }

  public String direction() {
    return language.isRightToLeft() ? "rtl" : "ltr";
  }

  /** Where a file of the assets is, by a name that changes with it. */
  public String asset(String name) {
    var url = assets.getForLookupPath("/assets/" + name);
    if (url == null) {
      throw new IllegalArgumentException("there is no asset " + name);
    }
    return url;
  }

  /** Whether this page or one below it is open. */
  public boolean isAt(String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/");
  }

  /** What to say of a field that the API does not take: our own words, or else the API's. */
  String problem(String field, String message) {
    var key = "problem." + field.toLowerCase(Locale.ROOT);
    return Words.has(key) ? text(key) : sentenceCase(message);
  }
}
