package org.smileadventure.common.cache;

/** Redis did not confirm what it was told. */
public final class CacheAwayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CacheAwayException(Throwable cause) {
    super("Redis does not answer: " + cause.getMessage(), cause);
  }
}
