package org.smileadventure.query.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.ChildAnalytics;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Makes a report while the image is built: one that lacks what Java needs to shape letters
 * (fontconfig, and any font) is not built then. What a first report loads is kept for later starts.
 */
@Component
@Profile("training")
final class ReportRehearsal {
  ReportRehearsal() {
    var day = LocalDate.EPOCH;
    PdfReport.of(
        new ProgressReport(
            1,
            "Sam محمد",
            7,
            new ChildAnalytics.Frame("7d", day, day, "UTC"),
            "en",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Instant.EPOCH),
        Map.of(),
        Language.ENGLISH);
  }
}
