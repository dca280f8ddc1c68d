package org.smileadventure.common.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What R answers: {@code src/test/r/statistic.R} wrote these files. */
public final class Golden {
  private Golden() {}

  public static Stream<JsonNode> cases(String file) {
    try (var in = Golden.class.getResourceAsStream("/golden/statistic/" + file)) {
      var cases = JsonMapper.shared().readTree(Objects.requireNonNull(in, file).readAllBytes());
      assertThat(cases).isNotEmpty();
      return IntStream.range(0, cases.size()).mapToObj(cases::get);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] numbers(JsonNode array) {
    return IntStream.range(0, array.size()).mapToDouble(i -> array.get(i).asDouble()).toArray();
  }

  static void assertClose(double actual, JsonNode expected) {
    assertThat(actual)
        .isCloseTo(expected.asDouble(), within(1e-8 * Math.max(1, Math.abs(expected.asDouble()))));
  }
}
