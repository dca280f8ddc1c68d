package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Bytes of JSON that are put together from pieces. */
final class JsonBytes {
  private byte[] bytes;
  private int length;

  JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  static JsonBytes of(byte[] bytes) {
    return new JsonBytes(bytes.length).add(bytes, 0, bytes.length);
  }

  static JsonBytes of(String text) {
    return of(text.getBytes(UTF_8));
  }

  JsonBytes add(byte[] source, int from, int to) {
    var more = to - from;
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
    System.arraycopy(source, from, bytes, length, more);
    length += more;
    return this;
  }

  JsonBytes add(JsonBytes other) {
    return add(other.bytes, 0, other.length);
  }

  JsonBytes add(String text) {
    var more = text.getBytes(UTF_8);
    return add(more, 0, more.length);
  }

  JsonBytes add(char ascii) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    bytes[length++] = (byte) ascii;
    return this;
  }

  JsonBytes add(long number) {
    var digits = Long.toString(number).getBytes(ISO_8859_1);
    return add(digits, 0, digits.length);
  }

  int length() {
    return length;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, UTF_8);
  }
}
