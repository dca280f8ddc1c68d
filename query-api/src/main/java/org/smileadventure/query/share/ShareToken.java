package org.smileadventure.query.share;

/**
 * What somebody came with in the header {@link #HEADER}. It is not told again.
 *
 * @param text as it came
 */
public record ShareToken(String text) {
  public static final String HEADER = "Smile-Share";

  @Override
  public String toString() {
    return "ShareToken[***]";
  }
}
