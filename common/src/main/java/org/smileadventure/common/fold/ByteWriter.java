package org.smileadventure.common.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Writes whole numbers and words, one after the other; the nearer a number to 0, the shorter. */
final class ByteWriter {
  private static final int SEVEN_BITS = 0x7f;

  /** What a number takes at most. */
  private static final int LONGEST = 10;

  private byte[] bytes = new byte[1024];
  private int size;

  /** 0, −1, 1, −2, 2, … as 0, 1, 2, 3, 4, …: seven bits a byte, the lowest first. */
  void number(long n) {
    reserve(LONGEST);
    var rest = n << 1 ^ n >> 63;
    for (; (rest & ~SEVEN_BITS) != 0; rest >>>= 7) {
      bytes[size++] = (byte) (rest | ~SEVEN_BITS);
    }
    bytes[size++] = (byte) rest;
  }

  void word(String word) {
    var more = word.getBytes(UTF_8);
    number(more.length);
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + more);
    }
  }

  /** All that was written. */
  byte[] written() {
    return Arrays.copyOf(bytes, size);
  }
}
