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
    csv.printRecord("trigger", "n", "moves_into_distress", "share_percent", "lift");
    for (var trigger : figures.triggers().worstFirst()) {
      csv.printRecord(
          CsvTable.name(trigger.trigger()),
          trigger.n(),
          trigger.movesIntoDistress(),
          trigger.share(),
          trigger.lift());
    }
    csv.println();
    csv.printRecord(
        "strategy", "n", "effectiveness", "recovery_with_seconds", "recovery_without_any_seconds");
    for (var strategy : figures.strategies().mostUsedFirst()) {
      csv.printRecord(
          CsvTable.name(strategy.strategy()),
          strategy.n(),
          strategy.effectiveness(),
          strategy.recoveryWith().mean(),
          figures.strategies().recoveryWithoutAny().mean());
    }
  }
}
