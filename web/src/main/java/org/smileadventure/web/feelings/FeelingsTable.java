package org.smileadventure.web.feelings;

import java.io.IOException;
import org.apache.commons.csv.CSVPrinter;
import org.smileadventure.web.page.CsvTable;

/** The page's tables as one. */
final class FeelingsTable {
  private FeelingsTable() {}

  static String of(FeelingFigures figures) {
    return CsvTable.of(csv -> print(figures, csv));
  }

  private static void print(FeelingFigures figures, CSVPrinter csv) throws IOException {
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
          CsvTable.name(trigger.trigger()),
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
          CsvTable.name(strategy.strategy()),
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
  }
}
