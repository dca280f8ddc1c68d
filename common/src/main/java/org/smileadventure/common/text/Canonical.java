package org.smileadventure.common.text;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one form in which what a person typed is kept and looked for. Null stays null. */
public final class Canonical {
  /** Characters of an e-mail address, as RFC 5321 allows. */
  public static final int MAX_EMAIL = 254;

  private static final Pattern SPACE_AROUND =
      Pattern.compile("^\\p{IsWhite_Space}+|\\p{IsWhite_Space}+$");

  private Canonical() {}

  /** In NFC, so that equal names are equal texts, and without white space around it. */
  public static @Nullable String text(@Nullable String typed) {
    return typed == null ? null : trimmed(typed);
  }

  /**
   * An e-mail address in small letters, its domain as it stands in the DNS ({@code xn--…}). What is
   * no address is returned as it is, for whoever checks it.
   */
  public static @Nullable String email(@Nullable String typed) {
    if (typed == null) {
      return null;
    }
    // To make letters small can take a text out of its form.
    var address = trimmed(trimmed(typed).toLowerCase(Locale.ROOT));
    var at = address.lastIndexOf('@');
    try {
      return address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1));
    } catch (IllegalArgumentException _) {
      return address;
    }
  }

  private static String trimmed(String typed) {
    return Normalizer.normalize(SPACE_AROUND.matcher(typed).replaceAll(""), Normalizer.Form.NFC);
  }
}
