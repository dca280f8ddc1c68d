package org.smileadventure.common.fold;

import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.smileadventure.common.event.SessionId;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * {@link Moments} as a compact document:
 *
 * <pre>
 * {"counts": {count: number},
 *  "values": {metric: [n, sum, sumSq, min, max, x, xx, xy, month, days, …]},
 *  "tables": {table: {name: [numbers]}},
 *  "attempts": {scenario: [startedAt, success, …]},   with the id in front where two began at once
 *  "days": [[played], [completed], [with activities]]}
 * </pre>
 *
 * <p>What there is nothing of is left out.
 */
final class MomentsJson {
  private static final JsonFactory JSON = JsonFactory.builder().build();
  private static final Map<String, Count> COUNTS = byName(Count.values(), Count::wireName);
  private static final Map<String, Metric> METRICS = byName(Metric.values(), Metric::wireName);
  private static final Map<String, Table> TABLES = byName(Table.values(), Table::wireName);

  private MomentsJson() {}

  private static <T> Map<String, T> byName(T[] all, Function<T, String> name) {
    return Stream.of(all).collect(Collectors.toMap(name, Function.identity()));
  }

  private static <T> T named(String name, Map<String, T> all) {
    return Optional.ofNullable(all.get(name))
        .orElseThrow(() -> new IllegalArgumentException("moments have no " + name));
  }

  static String write(Moments moments) {
    var text = new StringWriter(2048);
    try (var out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      out.writeObjectPropertyStart("counts");
      moments.counts.forEach((count, n) -> out.writeNumberProperty(count.wireName(), n));
      out.writeEndObject();
      out.writeObjectPropertyStart("values");
      moments.values.forEach((metric, values) -> write(out, metric, values));
      out.writeEndObject();
      out.writeObjectPropertyStart("tables");
      moments.tables.forEach(
          (table, rows) -> {
            out.writeObjectPropertyStart(table.wireName());
            rows.forEach((name, numbers) -> writeNumbers(out, name, Arrays.stream(numbers)));
            out.writeEndObject();
          });
      out.writeEndObject();
      out.writeObjectPropertyStart("attempts");
      moments.attempts.forEach((scenario, attempts) -> write(out, scenario, attempts));
      out.writeEndObject();
      out.writeArrayPropertyStart("days");
      for (var days : List.of(moments.playDays, moments.completedDays, moments.activityDays)) {
        out.writeStartArray();
        days.numbers().forEach(out::writeNumber);
        out.writeEndArray();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return text.toString();
  }

  private static void writeNumbers(JsonGenerator out, String name, LongStream numbers) {
    out.writeArrayPropertyStart(name);
    numbers.forEach(out::writeNumber);
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, Metric metric, Values values) {
    out.writeArrayPropertyStart(metric.wireName());
    out.writeNumber(values.n());
    out.writeNumber(values.sum());
    out.writeNumber(values.sumSq());
    out.writeNumber(values.min());
    out.writeNumber(values.max());
    out.writeNumber(values.x());
    out.writeNumber(values.xx());
    out.writeNumber(values.xy());
    values.days().numbers().forEach(out::writeNumber);
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, String scenario, List<Attempt> attempts) {
    out.writeArrayPropertyStart(scenario);
    for (int i = 0; i < attempts.size(); i++) {
      var attempt = attempts.get(i);
      if (attempt.id() != null && (isAtOnce(attempts, i - 1) || isAtOnce(attempts, i))) {
        out.writeString(attempt.id().toString());
      }
      out.writeNumber(attempt.startedAt());
      out.writeNumber(attempt.success());
    }
    out.writeEndArray();
  }

  /** Whether this one and the next began at the same moment. */
  private static boolean isAtOnce(List<Attempt> attempts, int i) {
    return i >= 0
        && i + 1 < attempts.size()
        && attempts.get(i).startedAt() == attempts.get(i + 1).startedAt();
  }

  static Moments.Fold read(String json) {
    var fold = new Moments.Fold();
    try (var in = JSON.createParser(ObjectReadContext.empty(), json)) {
      in.nextToken();
      for (var name = in.nextName(); name != null; name = in.nextName()) {
        in.nextToken();
        switch (name) {
          case "counts" -> readCounts(in, fold);
          case "values" -> readValues(in, fold);
          case "tables" -> readTables(in, fold);
          case "attempts" -> readAttempts(in, fold);
          case "days" -> readDays(in, fold);
          default -> throw new IllegalArgumentException("moments have no " + name);
        }
      }
    }
    return fold;
  }

  private static void readCounts(JsonParser in, Moments.Fold fold) {
    for (var name = in.nextName(); name != null; name = in.nextName()) {
      fold.count(named(name, COUNTS), in.nextLongValue(0));
    }
  }

  private static void readValues(JsonParser in, Moments.Fold fold) {
    for (var name = in.nextName(); name != null; name = in.nextName()) {
      in.nextToken();
      fold.values.put(
          named(name, METRICS),
          new Values(
              in.nextLongValue(0),
              in.nextLongValue(0),
              big(in),
              in.nextLongValue(0),
              in.nextLongValue(0),
              in.nextLongValue(0),
              in.nextLongValue(0),
              big(in),
              DaySet.read(numbers(in))));
    }
  }

  private static BigInteger big(JsonParser in) {
    in.nextToken();
    return in.getBigIntegerValue();
  }

  private static void readTables(JsonParser in, Moments.Fold fold) {
    for (var table = in.nextName(); table != null; table = in.nextName()) {
      in.nextToken();
      for (var name = in.nextName(); name != null; name = in.nextName()) {
        in.nextToken();
        fold.count(named(table, TABLES), name, numbers(in));
      }
    }
  }

  private static void readAttempts(JsonParser in, Moments.Fold fold) {
    for (var scenario = in.nextName(); scenario != null; scenario = in.nextName()) {
      in.nextToken();
      var attempts = new ArrayList<Attempt>();
      for (var token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
        SessionId id = null;
        if (token == JsonToken.VALUE_STRING) {
          id = SessionId.parse(in.getString());
          in.nextToken();
        }
        attempts.add(new Attempt(in.getLongValue(), id, in.nextIntValue(0)));
      }
      fold.attempts.put(scenario, attempts);
    }
  }

  private static void readDays(JsonParser in, Moments.Fold fold) {
    in.nextToken();
    fold.playDays = DaySet.read(numbers(in));
    in.nextToken();
    fold.completedDays = DaySet.read(numbers(in));
    in.nextToken();
    fold.activityDays = DaySet.read(numbers(in));
    in.nextToken();
  }

  /** The rest of an array, whose beginning or a part of it has been read. */
  private static long[] numbers(JsonParser in) {
    var numbers = new long[16];
    var size = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = in.getLongValue();
    }
    return Arrays.copyOf(numbers, size);
  }
}
