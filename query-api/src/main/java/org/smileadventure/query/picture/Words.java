package org.smileadventure.query.picture;

import org.smileadventure.language.Messages;

/** The words of pictures. */
public final class Words {
  public static final Messages PICTURES = Messages.beside(Words.class, "pictures");
  private static final int LONGEST = 26;

  private Words() {}

  /** What a person typed may be longer than there is room for. */
  static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)).strip() + "…";
  }
}
