package org.smileadventure.web.feelings;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * The page's tables as one, to be opened in a spreadsheet: with a byte order mark, without which it
 * is not taken for UTF-8, and no name of the game's that could be taken for a formula.
 */
final class FeelingsTable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.NON_NUMERIC).get();
  private static final Pattern FORMULA =
      Pattern.compile("(^|[;\"\\t\\r\\n])([ \\u00A0]*)(?=[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20])");

  private FeelingsTable() {}

  static String of(FeelingFigures figures) {
    var text = new StringWriter();
    text.append(BYTE_ORDER_MARK);
    try (var csv = new CSVPrinter(text, FORMAT)) {
      csv.printRecord("state", "seconds", "share_percent");
      for (var state : figures.emotions().longestFirst()) {
        csv.printRecord(state.getKey(), state.getValue().seconds(), state.getValue().share());
      }
      csv.println();
      csv.printRecord(
          "trigger",
          "n",
          "moves_into_distress",
          "share_percent",
          "shrunk_share_percent",
          "low",
          "high",
          "lift",
          "p",
          "adjusted_p",
          "certainty");
      for (var trigger : figures.triggers().worstFirst()) {
        csv.printRecord(
            name(trigger.trigger()),
            trigger.n(),
            trigger.movesIntoDistress(),
            trigger.share(),
            trigger.shrunkShare(),
            trigger.interval() == null ? null : trigger.interval().low(),
            trigger.interval() == null ? null : trigger.interval().high(),
            trigger.lift(),
            trigger.p(),
            trigger.adjustedP(),
            trigger.certainty());
      }
      csv.println();
      csv.printRecord(
          "strategy",
          "n",
          "effectiveness",
          "times_with",
          "times_without_any",
          "recovered_with_percent",
          "recovered_without_any_percent",
          "recovered_p",
          "recovered_adjusted_p",
          "seconds_with",
          "seconds_without_any",
          "difference_seconds",
          "low",
          "high",
          "p",
          "adjusted_p",
          "certainty");
      for (var strategy : figures.strategies().mostUsedFirst()) {
        csv.printRecord(
            name(strategy.strategy()),
            strategy.n(),
            strategy.effectiveness(),
            strategy.recovered().with().n(),
            strategy.recovered().without().n(),
            strategy.recovered().with().value(),
            strategy.recovered().without().value(),
            strategy.recovered().p(),
            strategy.recovered().adjustedP(),
            strategy.calming().with().value(),
            strategy.calming().without().value(),
            strategy.calming().difference(),
            strategy.calming().interval() == null ? null : strategy.calming().interval().low(),
            strategy.calming().interval() == null ? null : strategy.calming().interval().high(),
            strategy.calming().p(),
            strategy.calming().adjustedP(),
            strategy.certainty());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String name(String told) {
    return FORMULA.matcher(told).replaceAll("$1$2'");
  }
}
