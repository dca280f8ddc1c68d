package org.smileadventure.query.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.AnalyticsReader;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.figure.FigureWindow;
import org.smileadventure.query.picture.Picture;
import org.smileadventure.query.picture.PictureReader;
import org.smileadventure.query.quality.QualityReader;
import org.smileadventure.query.quality.QualitySentences;
import org.smileadventure.query.story.StoryReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what a report tells. In transactions to which the child was opened. */
@Component
class ReportReader {
  private final AnalyticsReader windows;
  private final StoryReader stories;
  private final PictureReader pictures;
  private final QualityReader quality;
  private final JdbcClient jdbc;

  ReportReader(
      AnalyticsReader windows,
      StoryReader stories,
      PictureReader pictures,
      QualityReader quality,
      JdbcClient jdbc) {
    this.windows = windows;
    this.stories = stories;
    this.pictures = pictures;
    this.quality = quality;
    this.jdbc = jdbc;
  }

  /**
   * A report that was read.
   *
   * @param pictures by their names; empty unless it is for paper
   */
  record Read(ProgressReport report, Map<String, Picture> pictures) {}

  /**
   * The report at this time, with its pictures if it is for paper; empty if the viewer may not see
   * the child, or there is none.
   */
  Optional<Read> read(
      Viewer viewer,
      ChildId child,
      Period period,
      Language language,
      boolean forPaper,
      Instant now) {
    return FigureWindow.read(jdbc, viewer, child, period, now)
        .map(
            window -> {
              var analytics =
                  windows.of(viewer, period, window.days(), window.moments(), now).orElseThrow();
              var figures = analytics.figures();
              var report =
                  Reporter.report(
                      named(child),
                      analytics,
                      stories.story(window, figures, language, now),
                      notes(viewer, child, period, language, now),
                      language);
              return new Read(
                  report,
                  forPaper
                      ? pictures.of(PdfReport.PICTURES, window, figures, language, now)
                      : Map.of());
            });
  }

  private ProgressReport.Who named(ChildId child) {
    return jdbc.sql("SELECT name, age FROM children WHERE id = :child")
        .param("child", child.value())
        .query(ProgressReport.Who.class)
        .single();
  }

  private List<String> notes(
      Viewer viewer, ChildId child, Period period, Language language, Instant now) {
    return quality
        .read(viewer, child, period, now)
        .map(known -> QualitySentences.of(known, language))
        .orElse(List.of());
  }
}
