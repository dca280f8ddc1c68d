package org.smileadventure.language;

import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.MessagePattern.Part;
import java.util.ArrayDeque;
import java.util.regex.Pattern;

/** Rewrites the words of a pattern for a language that is there for tests. Arguments stay. */
enum Pseudo {
  NONE {
    @Override
    String words(String text) {
      return text;
    }
  },
  ACCENTED {
    @Override
    String words(String text) {
      var accented = new StringBuilder();
      var letters = 0;
      for (int i = 0; i < text.length(); i++) {
        var at = PLAIN.indexOf(text.charAt(i));
        letters += at < 0 ? 0 : 1;
        accented.append(at < 0 ? text.charAt(i) : ACCENTS.charAt(at));
        // Each third letter comes twice, as other languages take more room than English.
        if (at >= 0 && letters % 3 == 0) {
          accented.append(ACCENTS.charAt(at));
        }
      }
      return accented.toString();
    }
  },
  MIRRORED {
    @Override
    String words(String text) {
      return WORD.matcher(text).replaceAll("\u200f\u202e$0\u202c\u200f");
    }
  };

  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String ACCENTS = "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ";
  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  static Pseudo of(Language language) {
    return switch (language) {
      case ENGLISH, ITALIAN -> NONE;
      case ACCENTED -> ACCENTED;
      case MIRRORED -> MIRRORED;
    };
  }

  abstract String words(String text);

  /**
   * The pattern with other words.
   *
   * @throws IllegalArgumentException if it is no pattern
   */
  String written(String pattern) {
    var parts = new MessagePattern(pattern);
    var result = new StringBuilder();
    // Whether what comes is words, for each message and argument that is open.
    var inWords = new ArrayDeque<Boolean>();
    var from = 0;
    for (int i = 0; i < parts.countParts(); i++) {
      var part = parts.getPart(i);
      if (part.getIndex() < from) {
        // The number of a selector such as =0, which is part of it.
        continue;
      }
      var text = pattern.substring(from, part.getIndex());
      result.append(Boolean.TRUE.equals(inWords.peek()) ? words(text) : text);
      result.append(pattern, part.getIndex(), part.getLimit());
      from = part.getLimit();
      switch (part.getType()) {
        case Part.Type.MSG_START -> inWords.push(true);
        case Part.Type.ARG_START -> inWords.push(false);
        case Part.Type.MSG_LIMIT, Part.Type.ARG_LIMIT -> inWords.pop();
        default -> {}
      }
    }
    return result.append(pattern, from, pattern.length()).toString();
  }
}
