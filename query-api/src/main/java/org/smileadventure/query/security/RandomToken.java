package org.smileadventure.query.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Something that nobody guesses, and that is known by its digest: whoever reads the database cannot
 * use what is kept there.
 *
 * @param text 43 letters, digits, hyphens and underscores
 */
public record RandomToken(String text) {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new one. */
  public static RandomToken create() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new RandomToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** What is kept of it. */
  public byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "RandomToken[***]";
  }
}
