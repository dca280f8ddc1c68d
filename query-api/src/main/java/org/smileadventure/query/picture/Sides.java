package org.smileadventure.query.picture;

import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Certainty;
import org.smileadventure.common.metric.Emotions;
import org.smileadventure.common.metric.Interval;
import org.smileadventure.common.metric.Learning;
import org.smileadventure.common.metric.Strategies;
import org.smileadventure.common.metric.Support;
import org.smileadventure.common.metric.Triggers;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.language.Language;
import org.smileadventure.language.Vocabulary;
import org.smileadventure.query.picture.Rows.Look;
import org.smileadventure.query.picture.Rows.Row;

/** Sides of a child's analytics as pictures. */
final class Sides {
  private static final int MOST_ROWS = 8;
  private static final Set<String> DISTRESS = Set.of("overwhelmed", "frustrated", "anxious");
  private static final double MASTERED = 80;
  private static final LocalDate SOME_MONDAY = LocalDate.of(2024, 1, 1);

  private final Language language;

  private Sides(Language language) {
    this.language = language;
  }

  /** The sides that there are, by the names of their pictures. */
  enum Side {
    EMOTIONS,
    TRIGGERS,
    STRATEGIES,
    HOURS,
    WEEKDAYS,
    SUPPORT,
    LEARNING
  }

  static Picture of(Side side, WindowFigures figures, Language language) {
    var sides = new Sides(language);
    return switch (side) {
      case EMOTIONS -> sides.emotions(figures);
      case TRIGGERS -> sides.triggers(figures.triggers());
      case STRATEGIES -> sides.strategies(figures.strategies());
      case HOURS -> sides.hours(figures);
      case WEEKDAYS -> sides.weekdays(figures);
      case SUPPORT -> sides.support(figures.support());
      case LEARNING -> sides.learning(figures.learning());
    };
  }

  private Picture emotions(WindowFigures figures) {
    var states = new ArrayList<>(figures.emotions().states().entrySet());
    states.sort(
        comparing(
            (Map.Entry<String, Emotions.State> state) -> orZero(state.getValue().share()),
            reverseOrder()));
    var rows = new ArrayList<Row>();
    for (var state : states) {
      var distress = DISTRESS.contains(state.getKey());
      rows.add(
          bar(
              Vocabulary.name(language, "state", state.getKey()),
              percent(state.getValue().share()),
              null,
              state.getValue().share(),
              distress ? Look.OPEN : Look.FILLED,
              distress));
    }
    var outlined = rows.stream().anyMatch(Row::distress);
    return rows("emotions", null, outlined ? text("emotions.key") : null, 0, highest(rows), rows);
  }

  private Picture triggers(Triggers triggers) {
    var base = triggers.baseShare();
    var rows =
        triggers.items().stream()
            .sorted(
                comparing(Triggers.Item::shrunkShare, nullsLast(reverseOrder()))
                    .thenComparing(Triggers.Item::n, reverseOrder()))
            .map(this::trigger)
            .toList();
    var farthest = rows.stream().mapToDouble(row -> orZero(row.high())).max().orElse(0);
    return rows(
        "triggers",
        base,
        base == null ? null : text("triggers.key", Map.of("value", base)),
        0,
        Steps.roundUp(Math.max(farthest, orZero(base))),
        rows);
  }

  private Row trigger(Triggers.Item item) {
    var interval = item.interval();
    return new Row(
        Words.shortened(Vocabulary.name(language, "trigger", item.trigger())),
        percent(item.shrunkShare()),
        text("triggers.note", Map.of("n", item.n(), "certainty", sure(item.certainty()))),
        item.shrunkShare(),
        interval == null ? null : interval.low(),
        interval == null ? null : interval.high(),
        Look.POINT,
        item.certainty().tells());
  }

  private Picture strategies(Strategies strategies) {
    var rows =
        strategies.items().stream()
            .sorted(
                comparing(Strategies.Item::certainty)
                    .thenComparing(Strategies.Item::n, reverseOrder()))
            .map(this::strategy)
            .toList();
    return differences("strategies", text("strategies.key"), rows);
  }

  private Row strategy(Strategies.Item item) {
    var calming = item.calming();
    var with = calming.with();
    var without = calming.without();
    var interval = calming.interval();
    var name = Words.shortened(Vocabulary.name(language, "strategy", item.strategy()));
    if (calming.difference() == null
        || interval == null
        || with.value() == null
        || without.value() == null) {
      return tooFew(
          name,
          text(
              "strategies.note_few",
              Map.of("n", item.n(), "certainty", sure(calming.certainty()))));
    }
    return between(
        name,
        "strategies.amount",
        calming.difference(),
        interval,
        text(
            "strategies.note",
            Map.of(
                "with", with.value(),
                "n", with.n(),
                "without", without.value(),
                "m", without.n(),
                "certainty", sure(calming.certainty()))));
  }

  private String sure(Certainty certainty) {
    return Vocabulary.name(language, "certainty", certainty.wireName());
  }

  private Picture hours(WindowFigures figures) {
    var best = figures.bestTime();
    var items =
        best.hours().stream()
            .map(
                hour ->
                    text(
                        "hours.item",
                        Map.of("hour", hour.hour(), "value", hour.engagement(), "n", hour.n())))
            .toList();
    return new Clock(
        language,
        text("hours.title"),
        described("hours", null, items, 0),
        text("hours.axis"),
        text("nothing"),
        best.hours().stream()
            .map(hour -> new Clock.Hour(hour.hour(), hour.n(), hour.engagement()))
            .toList(),
        best.bestHour());
  }

  private Picture weekdays(WindowFigures figures) {
    var rows =
        figures.bestTime().weekdays().stream()
            .map(
                day ->
                    bar(
                        text(
                            "weekdays.day",
                            Map.of("day", SOME_MONDAY.with(DayOfWeek.of(day.weekday())))),
                        text("weekdays.amount", Map.of("value", day.engagement(), "n", day.n())),
                        null,
                        day.engagement(),
                        Look.FILLED,
                        false))
            .toList();
    return rows("weekdays", null, null, 0, 100, rows);
  }

  private Picture support(Support support) {
    var differences =
        Stream.of(
                difference("engagement", support.engagement()),
                difference("success", support.success()))
            .toList();
    return differences("support", text("support.key"), differences);
  }

  /** Held against no difference, which stands in the middle. */
  private Picture differences(String name, String key, List<Row> rows) {
    var farthest =
        rows.stream()
            .flatMap(row -> Stream.of(orZero(row.low()), orZero(row.high())))
            .mapToDouble(Math::abs)
            .max()
            .orElse(0);
    var edge = Steps.roundUp(farthest);
    return rows(name, 0.0, rows.isEmpty() ? null : key, -edge, edge, rows);
  }

  private Row difference(String figure, Support.Difference difference) {
    var name = Vocabulary.name(language, "figure", figure);
    var with = difference.with();
    var without = difference.without();
    var interval = difference.interval();
    if (difference.difference() == null
        || interval == null
        || with.mean() == null
        || without.mean() == null) {
      return tooFew(name, text("support.note_few", Map.of("n", with.n(), "m", without.n())));
    }
    return between(
        name,
        "support.amount",
        difference.difference(),
        interval,
        text(
            "support.note",
            Map.of(
                "with", with.mean(), "n", with.n(), "without", without.mean(), "m", without.n())));
  }

  /** Of a difference of which there is too little. */
  private Row tooFew(String name, String note) {
    return new Row(name, text("too_few"), note, null, null, null, Look.POINT, false);
  }

  /**
   * Of a difference, and where it lies.
   *
   * @param amount the key of the text that tells it
   */
  private Row between(
      String name, String amount, double difference, Interval interval, String note) {
    return new Row(
        name,
        text(amount, Map.of("value", difference, "low", interval.low(), "high", interval.high())),
        note,
        difference,
        interval.low(),
        interval.high(),
        Look.POINT,
        false);
  }

  private Picture learning(List<Learning> learned) {
    var rows =
        learned.stream()
            .sorted(comparing(Learning::attempts, reverseOrder()))
            .map(
                scenario ->
                    bar(
                        scenario.scenario(),
                        percent(scenario.successMean()),
                        attempts(scenario),
                        scenario.successMean(),
                        Look.FILLED,
                        false))
            .toList();
    return rows("learning", MASTERED, rows.isEmpty() ? null : text("learning.key"), 0, 100, rows);
  }

  private String attempts(Learning scenario) {
    return scenario.attemptsToMastery() == null
        ? text("learning.note", Map.of("n", scenario.attempts()))
        : text(
            "learning.note_mastered",
            Map.of("n", scenario.attempts(), "at", scenario.attemptsToMastery()));
  }

  private Picture rows(
      String name,
      @Nullable Double reference,
      @Nullable String key,
      double low,
      double high,
      List<Row> rows) {
    var shown = rows.subList(0, Math.min(rows.size(), MOST_ROWS));
    Function<Row, String> item =
        row ->
            row.note() == null
                ? text("item", Map.of("name", row.name(), "amount", row.amount()))
                : text(
                    "item_note",
                    Map.of("name", row.name(), "amount", row.amount(), "note", row.note()));
    return new Rows(
        language,
        text(name + ".title"),
        described(name, key, shown.stream().map(item).toList(), rows.size() - shown.size()),
        text(name + ".axis"),
        text("nothing"),
        low,
        high,
        reference,
        key,
        shown);
  }

  private String described(String name, @Nullable String key, List<String> items, int more) {
    var words = new ArrayList<String>();
    words.add(text(name + ".axis") + ".");
    if (items.isEmpty()) {
      words.add(text("nothing") + ".");
    }
    items.forEach(item -> words.add(item + "."));
    if (more > 0) {
      words.add(text("more", Map.of("n", more)));
    }
    if (key != null) {
      words.add(key + ".");
    }
    return String.join(" ", words);
  }

  private static Row bar(
      String name,
      String amount,
      @Nullable String note,
      @Nullable Double value,
      Look look,
      boolean distress) {
    return new Row(Words.shortened(name), amount, note, value, null, null, look, distress);
  }

  private String percent(@Nullable Double share) {
    return share == null ? text("too_few") : text("percent", Map.of("value", share));
  }

  private static double highest(List<Row> rows) {
    return Steps.roundUp(rows.stream().mapToDouble(row -> orZero(row.value())).max().orElse(0));
  }

  private static double orZero(@Nullable Double value) {
    return value == null ? 0 : value;
  }

  private String text(String key) {
    return Words.PICTURES.text(language, key);
  }

  private String text(String key, Map<String, ?> arguments) {
    return Words.PICTURES.text(language, key, arguments);
  }
}
