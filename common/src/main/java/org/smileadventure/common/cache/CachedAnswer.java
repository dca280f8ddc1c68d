package org.smileadventure.common.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it lies in Redis: a version byte, when it expires and when it was computed (epoch
 * milliseconds), its entity tag, its body. It carries its own end of life because the fields of one
 * hash cannot expire one by one before Redis 7.4.
 */
record CachedAnswer(Answer answer, Instant expiresAt) {
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 1 + 8 + 8 + 1;

  byte[] toBytes() {
    var etag = answer.etag().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(HEADER_BYTES + etag.length + answer.body().length)
        .put(VERSION)
        .putLong(expiresAt.toEpochMilli())
        .putLong(answer.computedAt().toEpochMilli())
        .put((byte) etag.length)
        .put(etag)
        .put(answer.body())
        .array();
  }

  /** Null for bytes of another layout, which some other version or a fault has left there. */
  static @Nullable CachedAnswer parse(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    if (buffer.remaining() < HEADER_BYTES || buffer.get() != VERSION) {
      return null;
    }
    var expiresAt = Instant.ofEpochMilli(buffer.getLong());
    var computedAt = Instant.ofEpochMilli(buffer.getLong());
    var etag = new byte[Byte.toUnsignedInt(buffer.get())];
    if (buffer.remaining() < etag.length) {
      return null;
    }
    buffer.get(etag);
    var body = new byte[buffer.remaining()];
    buffer.get(body);
    return new CachedAnswer(
        new Answer(body, new String(etag, StandardCharsets.US_ASCII), computedAt), expiresAt);
  }
}
