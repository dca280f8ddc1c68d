package org.smileadventure.batch.jobs;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.smileadventure.common.service.BadParameterException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/** What a job may be told, checked before it starts. */
final class JobArguments {
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String CHILDREN = "children";
  private static final String BEFORE = "before";
  private static final Map<String, Set<String>> TAKEN =
      Map.of("backfill", Set.of(FROM, TO, CHILDREN), "retention", Set.of(BEFORE));

  /** Of dates as everybody writes them. */
  private static final int LAST_YEAR = 9999;

  /** As many ids as fit into the column of a job's parameter. */
  private static final int LONGEST_CHILDREN = 2_000;

  private JobArguments() {}

  /**
   * Adds them to the parameters of a run.
   *
   * @throws BadParameterException if the job takes no such argument, or not with this value
   */
  static void add(String job, Map<String, String> arguments, JobParametersBuilder parameters) {
    var taken = TAKEN.getOrDefault(job, Set.of());
    for (var argument : new TreeMap<>(arguments).entrySet()) {
      if (!taken.contains(argument.getKey())) {
        throw new BadParameterException(
            argument.getKey(),
            taken.isEmpty()
                ? "left out: " + job + " takes no arguments"
                : "one of the arguments of " + job + ", which are " + taken,
            argument.getValue());
      }
      if (argument.getValue() == null) {
        throw new BadParameterException(argument.getKey(), "a value, or left out", "null");
      }
      switch (argument.getKey()) {
        case CHILDREN -> parameters.addString(CHILDREN, children(argument.getValue()));
        default ->
            parameters.addLocalDate(
                argument.getKey(), date(argument.getKey(), argument.getValue()));
      }
    }
    checkOrder(arguments);
  }

  private static void checkOrder(Map<String, String> arguments) {
    var from = arguments.get(FROM);
    var to = arguments.get(TO);
    if (from != null && to != null && date(TO, to).isBefore(date(FROM, from))) {
      throw new BadParameterException(TO, "a date that is not before " + from, to);
    }
  }

  private static LocalDate date(String name, String value) {
    LocalDate date;
    try {
      date = LocalDate.parse(value);
    } catch (DateTimeParseException e) {
      throw new BadParameterException(name, "a date such as 2026-11-24", value);
    }
    if (date.getYear() < 1 || date.getYear() > LAST_YEAR) {
      throw new BadParameterException(name, "a date such as 2026-11-24", value);
    }
    if (name.equals(BEFORE) && date.isAfter(LocalDate.now(ZoneOffset.UTC))) {
      throw new BadParameterException(name, "a date that is not in the future", value);
    }
    return date;
  }

  private static String children(String value) {
    if (!value.matches("[1-9][0-9]{0,17}(,[1-9][0-9]{0,17})*")
        || value.length() > LONGEST_CHILDREN) {
      throw new BadParameterException(
          CHILDREN,
          "numbers of children with commas between them, "
              + LONGEST_CHILDREN
              + " characters at most",
          value);
    }
    return value;
  }
}
