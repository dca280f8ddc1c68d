package org.smileadventure.common.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads what a {@link ByteWriter} has written, in the same order. */
final class ByteReader {
  private final byte[] bytes;
  private int at;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long number() {
    var number = 0L;
    for (int shift = 0; ; shift += 7) {
      var next = bytes[at++];
      number |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return number >>> 1 ^ -(number & 1);
      }
    }
  }

  int count() {
    return Math.toIntExact(number());
  }

  String word() {
    var length = count();
    at += length;
    return new String(bytes, at - length, length, UTF_8);
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }
}
