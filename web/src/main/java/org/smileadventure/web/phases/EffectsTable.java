package org.smileadventure.web.phases;

import java.io.IOException;
import org.apache.commons.csv.CSVPrinter;
import org.smileadventure.web.page.CsvTable;

/** The effect of a phase on all figures, and the values of one. */
final class EffectsTable {
  private EffectsTable() {}

  static String of(PhaseEffects effects) {
    return CsvTable.of(csv -> print(effects, csv));
  }

  private static void print(PhaseEffects effects, CSVPrinter csv) throws IOException {
    csv.printRecord(
        "figure",
        "unit",
        "n_before",
        "n_during",
        "median_before",
        "median_during",
        "trend_before",
        "trend_during",
        "difference",
        "nap",
        "nap_low",
        "nap_high",
        "tau",
        "tau_low",
        "tau_high",
        "corrected_tau",
        "corrected_tau_se",
        "corrected_tau_low",
        "corrected_tau_high",
        "log_response_ratio",
        "pnd",
        "ird",
        "certainty");
    for (var told : effects.figures()) {
      var change = told.change();
      csv.printRecord(
          told.figure(),
          told.unit(),
          told.before().n(),
          told.during().n(),
          told.before().median(),
          told.during().median(),
          told.before().trendPerWeek(),
          told.during().trendPerWeek(),
          change == null ? null : change.level(),
          change == null ? null : change.nap().value(),
          change == null ? null : change.nap().low(),
          change == null ? null : change.nap().high(),
          change == null ? null : change.tau().value(),
          change == null ? null : change.tau().low(),
          change == null ? null : change.tau().high(),
          change == null ? null : change.correctedTau().value(),
          change == null ? null : change.correctedTau().standardError(),
          change == null ? null : change.correctedTau().low(),
          change == null ? null : change.correctedTau().high(),
          change == null || change.logResponseRatio() == null
              ? null
              : change.logResponseRatio().value(),
          change == null ? null : change.pnd(),
          change == null ? null : change.ird(),
          told.certainty());
    }
  }

  /** The values of the figure that is shown, session by session. */
  static String points(PhaseEffects effects) {
    return CsvTable.of(
        csv -> {
          csv.printRecord("side", "day", effects.shown().unit());
          for (var value : effects.points().before()) {
            csv.printRecord("before", value.day(), value.value());
          }
          for (var value : effects.points().during()) {
            csv.printRecord("during", value.day(), value.value());
          }
        });
  }
}
