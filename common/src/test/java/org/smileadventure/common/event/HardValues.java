package org.smileadventure.common.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** JSON of all kinds, with what is known to be hard for parsers and databases. */
final class HardValues {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> HARD =
      List.of(
          "null",
          "true",
          "0",
          "-0",
          "-1",
          "1.0",
          "1e400",
          "1e-400",
          "1E5",
          "0.1e1",
          "2147483648",
          "9223372036854775808",
          "9".repeat(900),
          "\"\"",
          "\" \"",
          "\"null\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"1\"",
          "\"+999999999-12-31T23:59:59.999999999-18:00\"",
          "\"-999999999-01-01T00:00:00+18:00\"",
          "\"0-0-7000-0-0\"",
          "[]",
          "{}",
          "[null]",
          "{\"\":null}",
          "[".repeat(400) + "]".repeat(400));

  /** Each is right in some field. */
  private static final List<String> FITTING =
      List.of(
          "null",
          "true",
          "3",
          "3.0",
          "1.5",
          "\"calm\"",
          "\"nervous\"",
          "\"completed\"",
          "\"skill_1\"",
          "\"caf\\u00e9 \\\"\\\\ \\ud83d\\ude00\"",
          "\"2026-03-01T09:00:00.1234567+01:00\"",
          "\"019CA8E0-7b00-7abc-8def-0123456789ab\"",
          "[\"a\", \"b\"]",
          "{\"sequence\": 3, \"a\": [1.5, 1e3, null]}",
          "{\"childId\": 7}");

  private HardValues() {}

  static String any(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> "{\"state\":%s}".formatted(scalar(random));
      case 1 ->
          IntStream.range(0, random.nextInt(60))
              .mapToObj(_ -> scalar(random))
              .collect(Collectors.joining(",", "[", "]"));
      default -> scalar(random);
    };
  }

  static String oftenFitting(Random random) {
    return random.nextBoolean() ? oneOf(FITTING, random) : any(random);
  }

  private static String scalar(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> JSON.writeValueAsString(text(random));
      case 1 ->
          new BigDecimal(new BigInteger(random.nextInt(80), random), random.nextInt(-30, 30))
              .toString();
      default -> oneOf(HARD, random);
    };
  }

  /** Of any characters, but for those that are not in any text. */
  static String text(Random random) {
    return random
        .ints(random.nextInt(40), 0, random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  static <T> T oneOf(List<T> things, Random random) {
    return things.get(random.nextInt(things.size()));
  }
}
