package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import tools.jackson.core.JsonToken;

/**
 * Events of one session in the form in which they are kept when it is over: a byte that says which
 * version of the form it is, and zlib's compression of this text with a dictionary of typical
 * events. For each {@link ReceivedEvents}: {@code count first-sequence microseconds\n}, of which
 * the microseconds are those of the receipt, less those of the receipt before; and for each event
 * of it: {@code microseconds type{payload}\0} without the space, of which the microseconds are
 * those of the event, less those of the event before. NUL is in no JSON.
 *
 * <p>zlib's checksums find a broken row, and a dictionary that is not the one it was packed with.
 */
final class PackedEvents {
  /** With each change of the text or of the dictionary, by one; the ones before are still read. */
  static final byte VERSION = 1;

  private static final byte[] DICTIONARY = dictionary();
  private static final int AT_ONCE = 8192;
  private static final int USUAL_SIZE = 4096;

  private PackedEvents() {}

  private static byte[] dictionary() {
    var name = "packed-events-" + VERSION + ".txt";
    try (var in = Objects.requireNonNull(PackedEvents.class.getResourceAsStream(name), name)) {
      // As the events end.
      return new String(in.readAllBytes(), US_ASCII).replace('\n', '\0').getBytes(US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] write(List<ReceivedEvents> parts) {
    var text = new JsonBytes(USUAL_SIZE);
    var receivedBefore = 0L;
    var occurredBefore = 0L;
    for (var part : parts) {
      var events = split(part.json());
      var received = Times.micros(part.receivedAt());
      text.add(events.size())
          .add(' ')
          .add(events.isEmpty() ? 0 : events.getFirst().sequence())
          .add(' ')
          .add(received - receivedBefore)
          .add('\n');
      receivedBefore = received;
      for (var event : events) {
        text.add(event.micros() - occurredBefore)
            .add(event.type())
            .add(part.json(), event.from(), event.to())
            .add('\0');
        occurredBefore = event.micros();
      }
    }
    return deflated(text.toArray());
  }

  /**
   * An event in JSON.
   *
   * @param from where its payload begins
   * @param to where it has ended
   */
  private record Written(int sequence, String type, long micros, int from, int to) {}

  private static List<Written> split(byte[] json) {
    var events = new ArrayList<Written>();
    try (var parser = Json.parser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        var sequence = parser.nextIntValue(0);
        var type = Objects.requireNonNull(parser.nextStringValue());
        var micros = parser.nextLongValue(0);
        parser.nextToken();
        var from = (int) Json.offset(parser);
        parser.skipChildren();
        events.add(new Written(sequence, type, micros, from, (int) Json.offset(parser) + 1));
        parser.nextToken();
      }
    }
    return events;
  }

  private static byte[] deflated(byte[] text) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      deflater.setDictionary(DICTIONARY);
      deflater.setInput(text);
      deflater.finish();
      var packed = new JsonBytes(text.length / 4 + 64).add((char) VERSION);
      var buffer = new byte[AT_ONCE];
      while (!deflater.finished()) {
        packed.add(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * Reads what was written.
   *
   * @throws IllegalStateException if it is of another version, or broken
   */
  static List<ReceivedEvents> read(byte[] packed) {
    if (packed.length == 0 || packed[0] != VERSION) {
      throw new IllegalStateException(
          "packed events of version %s are not known here, only of version %d"
              .formatted(packed.length == 0 ? "none" : packed[0], VERSION));
    }
    try {
      return new Text(inflated(packed)).parts();
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalStateException("packed events are broken", e);
    }
  }

  private static byte[] inflated(byte[] packed) throws DataFormatException {
    var inflater = new Inflater();
    try {
      inflater.setInput(packed, 1, packed.length - 1);
      var text = new JsonBytes(8 * packed.length);
      var buffer = new byte[AT_ONCE];
      while (!inflater.finished()) {
        var length = inflater.inflate(buffer);
        text.add(buffer, 0, length);
        if (inflater.needsDictionary()) {
          inflater.setDictionary(DICTIONARY);
        } else if (length == 0 && inflater.needsInput()) {
          throw new DataFormatException("it breaks off");
        }
      }
      return text.toArray();
    } finally {
      inflater.end();
    }
  }

  /** The text that was compressed, while it is read. */
  private static final class Text {
    private final byte[] bytes;
    private int at;
    private long received;
    private long occurred;

    Text(byte[] bytes) {
      this.bytes = bytes;
    }

    List<ReceivedEvents> parts() {
      var parts = new ArrayList<ReceivedEvents>();
      while (at < bytes.length) {
        parts.add(part());
      }
      return parts;
    }

    private ReceivedEvents part() {
      var count = number();
      at++;
      var sequence = number();
      at++;
      received += number();
      at++;
      var json = new JsonBytes((int) Math.min(bytes.length, 160 * count) + 64).add('[');
      for (int i = 0; i < count; i++) {
        if (i > 0) {
          json.add(',');
        }
        occurred += number();
        var type = at;
        at = next('{');
        json.add('[').add(sequence + i).add(',').add('"').add(bytes, type, at).add('"').add(',');
        var payload = at;
        at = next('\0');
        json.add(occurred).add(',').add(bytes, payload, at).add(']');
        at++;
      }
      return new ReceivedEvents(Times.ofMicros(received), json.add(']').toArray());
    }

    private long number() {
      var negative = bytes[at] == '-';
      if (negative) {
        at++;
      }
      var number = 0L;
      while (bytes[at] >= '0' && bytes[at] <= '9') {
        number = 10 * number + bytes[at++] - '0';
      }
      return negative ? -number : number;
    }

    private int next(char ascii) {
      var found = at;
      while (bytes[found] != ascii) {
        found++;
      }
      return found;
    }
  }
}
