package org.smileadventure.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.json.JsonMapper;

/** Jackson as it is set up for events. */
final class Json {
  private static final int MAX_DEPTH = 500;
  private static final int MAX_NAME = 50_000;
  private static final Set<String> DATA = Set.of("data", "data_base64", "datacontenttype");
  private static final long EIGHT_SIGNS = 0x8080808080808080L;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME)
                  // No number is computed before its length has been looked at.
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Writes what is made here; what comes from elsewhere is read by {@link DataReader}. */
  static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private Json() {}

  static JsonParser parser(byte[] bytes) {
    return FACTORY.createParser(ObjectReadContext.empty(), bytes);
  }

  /** Jackson takes some bytes for characters that are none. */
  static boolean isUtf8(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    var signs = 0L;
    while (buffer.remaining() >= Long.BYTES) {
      signs |= buffer.getLong();
    }
    while (buffer.hasRemaining()) {
      signs |= buffer.get();
    }
    if ((signs & EIGHT_SIGNS) == 0) {
      return true;
    }
    try {
      UTF_8.newDecoder().decode(buffer.rewind());
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  /** Where the parser stands; below 0 if it reads UTF-16 or UTF-32, as it would. */
  static long offset(JsonParser parser) {
    return parser.currentTokenLocation().getByteOffset();
  }

  /** Why something cannot be read. Jackson's own words name its classes. */
  static InvalidEventException refusal(String what, JacksonException failure, JsonParser parser) {
    var name = shown(parser.currentName());
    var where = failure.getLocation() == null ? -1 : failure.getLocation().getByteOffset();
    if (isOfASurrogate(failure)) {
      return new InvalidEventException(
          Rejection.SCHEMA_VIOLATION,
          (name == null ? what : name) + " must not hold an unpaired surrogate");
    }
    var how =
        failure instanceof StreamConstraintsException
            ? " goes beyond %,d levels or names of %,d characters".formatted(MAX_DEPTH, MAX_NAME)
            : " is not JSON";
    return new InvalidEventException(
        Rejection.MALFORMED,
        what
            + how
            + (where < 0 ? "" : ", at byte " + where)
            + (name == null ? "" : ", at or after '" + name + "'"));
  }

  /** Names that senders make up may say something about somebody. */
  private static @Nullable String shown(@Nullable String name) {
    return name != null
            && (PayloadShape.isOfTheContract(name)
                || Attributes.CORE.contains(name)
                || DATA.contains(name))
        ? name
        : null;
  }

  /** What is a name to the grammar of JSON, with half a character in it, Jackson does not read. */
  static boolean isOfASurrogate(JacksonException failure) {
    return failure.getOriginalMessage().contains("surrogate");
  }

  /** The same JSON, byte by byte, with NUL in the place of each half of a character. */
  static byte[] withoutHalves(byte[] json) {
    var whole = json.clone();
    var at = 0;
    while (at < json.length) {
      var c = escaped(json, at);
      if (c < 0) {
        at += json[at] == '\\' ? 2 : 1;
      } else if (Character.isSurrogatePair((char) c, (char) Math.max(0, escaped(json, at + 6)))) {
        at += 12;
      } else {
        if (Character.isSurrogate((char) c)) {
          Arrays.fill(whole, at + 2, at + 6, (byte) '0');
        }
        at += 6;
      }
    }
    return whole;
  }

  /** The character that is escaped there by its number; below 0 if there is none. */
  private static int escaped(byte[] json, int at) {
    if (at + 6 > json.length || json[at] != '\\' || json[at + 1] != 'u') {
      return -1;
    }
    var c = 0;
    for (int i = at + 2; i < at + 6; i++) {
      if (!HexFormat.isHexDigit(json[i])) {
        return -1;
      }
      c = c << 4 | HexFormat.fromHexDigit(json[i]);
    }
    return c;
  }

  /** Whether all characters are in Unicode: JSON can write the half of one. */
  static boolean isText(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSurrogatePair(
            text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
