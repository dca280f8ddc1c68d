package org.smileadventure.query.picture;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.AnalyticsReader;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.figure.FigureReader;
import org.smileadventure.query.figure.FigureWindow;
import org.smileadventure.query.phase.PhaseReader;
import org.smileadventure.query.picture.Sides.Side;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Reads what a picture of a child shows in a period. */
@Component
public class PictureReader {
  private final FigureReader figures;
  private final AnalyticsReader windows;
  private final PhaseReader phases;

  PictureReader(FigureReader figures, AnalyticsReader windows, PhaseReader phases) {
    this.figures = figures;
    this.windows = windows;
    this.phases = phases;
  }

  /**
   * A picture that was read.
   *
   * @param validUntil the child's next midnight, when the days of a window become others
   */
  public record Read(Picture picture, Instant validUntil) {}

  /**
   * That there is a picture of this name.
   *
   * @throws ProblemException if there is none; with 404
   */
  public static void require(String name) {
    if (!names().contains(name)) {
      throw new ProblemException(
              HttpStatus.NOT_FOUND,
              "there is no picture of that name; there are " + String.join(", ", names()))
          .with("pictures", names());
    }
  }

  private static List<String> names() {
    return Stream.concat(
            Arrays.stream(Figure.values()).map(Figure::wireName),
            Arrays.stream(Side.values()).map(PictureReader::wireName))
        .toList();
  }

  private static String wireName(Side side) {
    return side.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The picture of this name at this time; empty if the viewer may not see the child, or there is
   * none. In a transaction to which the child was opened.
   */
  public Optional<Read> read(
      Viewer viewer, ChildId child, Period period, String name, Language language, Instant now) {
    var figure = Figure.named(name);
    return figure.isPresent()
        ? figures
            .read(viewer, child, period, figure.get(), language, now)
            .map(read -> new Read(FigurePicture.of(read.answer(), language), read.validUntil()))
        : windows
            .read(viewer, child, period, now)
            .map(
                read ->
                    new Read(side(name, read.analytics().figures(), language), read.validUntil()));
  }

  /** The pictures of these names and in their order, of what was read already. */
  public Map<String, Picture> of(
      List<String> names,
      FigureWindow window,
      WindowFigures sides,
      Language language,
      Instant now) {
    var known = phases.of(window.days().child());
    var drawn = new LinkedHashMap<String, Picture>();
    for (var name : names) {
      drawn.put(
          name,
          Figure.named(name)
              .map(figure -> FigureReader.answer(window, figure, known, language, now))
              .map(answer -> FigurePicture.of(answer, language))
              .orElseGet(() -> side(name, sides, language)));
    }
    return drawn;
  }

  private static Picture side(String name, WindowFigures figures, Language language) {
    return Sides.of(Side.valueOf(name.toUpperCase(Locale.ROOT)), figures, language);
  }
}
