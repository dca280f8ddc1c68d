package org.smileadventure.common.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A response body, ready to be sent as it is.
 *
 * @param etag the entity tag without its quotes
 * @param computedAt when the figures were read from the database
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to a socket; never compared
public record Answer(byte[] body, String etag, Instant computedAt) {

  /** An answer tagged with a digest of its body. */
  public static Answer of(byte[] body, Instant computedAt) {
    return of(body, body, computedAt);
  }

  /** An answer tagged with a digest of that in it of which a change matters. */
  public static Answer of(byte[] body, byte[] tagged, Instant computedAt) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(tagged);
      return new Answer(body, HexFormat.of().formatHex(digest, 0, 12), computedAt);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
