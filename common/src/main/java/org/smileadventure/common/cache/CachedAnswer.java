package org.smileadventure.common.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it lies in Redis: a version byte, a checksum of what follows, when it expires and
 * when it was computed (epoch milliseconds), its entity tag, its body. It carries its own end of
 * life because the fields of one hash cannot expire one by one before Redis 7.4.
 */
record CachedAnswer(Answer answer, Instant expiresAt) {
  private static final byte VERSION = 2;
  private static final int CHECKED_FROM = 1 + 4;
  private static final int HEADER_BYTES = CHECKED_FROM + 8 + 8 + 1;

  byte[] toBytes() {
    var etag = answer.etag().getBytes(StandardCharsets.US_ASCII);
    var buffer =
        ByteBuffer.allocate(HEADER_BYTES + etag.length + answer.body().length)
            .position(CHECKED_FROM)
            .putLong(expiresAt.toEpochMilli())
            .putLong(answer.computedAt().toEpochMilli())
            .put((byte) etag.length)
            .put(etag)
            .put(answer.body());
    var bytes = buffer.array();
    buffer.rewind().put(VERSION).putInt(checksum(bytes));
    return bytes;
  }

  /** Null for bytes of another version, and for those that a fault has changed or cut. */
  static @Nullable CachedAnswer parse(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    if (buffer.remaining() < HEADER_BYTES
        || buffer.get() != VERSION
        || buffer.getInt() != checksum(bytes)) {
      return null;
    }
    var expiresAt = Instant.ofEpochMilli(buffer.getLong());
    var computedAt = Instant.ofEpochMilli(buffer.getLong());
    var etag = new byte[Byte.toUnsignedInt(buffer.get())];
    buffer.get(etag);
    var body = new byte[buffer.remaining()];
    buffer.get(body);
    return new CachedAnswer(
        new Answer(body, new String(etag, StandardCharsets.US_ASCII), computedAt), expiresAt);
  }

  private static int checksum(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes, CHECKED_FROM, bytes.length - CHECKED_FROM);
    return (int) crc.getValue();
  }
}
