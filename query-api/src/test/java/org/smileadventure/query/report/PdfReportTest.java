package org.smileadventure.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.metric.Certainty;
import org.smileadventure.common.metric.Trend;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.ChildAnalytics;
import org.smileadventure.query.font.ShippedFonts;
import org.smileadventure.query.picture.Picture;
import org.smileadventure.query.picture.Rows;
import org.smileadventure.query.report.ProgressReport.Line;
import org.smileadventure.query.story.Story;

class PdfReportTest {
  private static final FontRenderContext FRAME =
      new FontRenderContext(new AffineTransform(), false, true);
  private static final ChildAnalytics.Frame WINDOW =
      new ChildAnalytics.Frame(
          "30d", LocalDate.of(2026, 4, 21), LocalDate.of(2026, 5, 20), "Europe/Rome");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "O",
        "D’Arcy O'Neill",
        "Zoë Łuc Nguyễn",
        "q\u0323\u0307ra",
        "Ελληνικά",
        "Щука Їжак",
        "محمد علي",
        "شهرزاد",
        "小明",
        "さくら・ソラ",
        "김민준",
        "ไทย น้ำ",
        "हिन्दी क्षत्रिय",
        "বাংলা",
        "தமிழ்",
        "తెలుగు",
        "മലയാളം",
        "සිංහල",
        "ខ្មែរ",
        "မြန်မာ",
        "ລາວ",
        "བོད་",
        "ქართული",
        "Հայերեն",
        "አማርኛ",
        "ᏣᎳᎩ"
      })
  void nameOfAnyScriptIsThere(String name) throws IOException {
    try (var pdf = Loader.loadPDF(paper(report(name)))) {
      assertThat(text(pdf)).contains("Progress of " + name);
      assertThat(shown(pdf)).isNotEmpty().allMatch(Shown::hasShape);
    }
  }

  @Test
  void arabicLettersAreJoinedAndStandFromRightToLeft() throws IOException {
    try (var pdf = Loader.loadPDF(paper(report("محمد")))) {
      var name = shown(pdf).stream().filter(glyph -> glyph.font().contains("Arabic")).toList();
      var dal = ShippedFonts.shapes("NotoSansArabic-Regular").createGlyphVector(FRAME, "د");
      var meem = ShippedFonts.shapes("NotoSansArabic-Regular").createGlyphVector(FRAME, "م");
      assertThat(name).hasSize(4).isSortedAccordingTo((a, b) -> Float.compare(a.x(), b.x()));
      assertThat(name.getLast().code())
          .as("the first letter, joined")
          .isNotEqualTo(meem.getGlyphCode(0));
      assertThat(name.getFirst().code())
          .as("the last letter, joined")
          .isNotEqualTo(dal.getGlyphCode(0));
      // Of meem there are two: at the beginning and within the word.
      assertThat(name.get(3).code()).isNotEqualTo(name.get(1).code());
    }
  }

  @Test
  void wordsOfTwoScriptsFromRightToLeftStandInTheirOrder() throws IOException {
    try (var pdf = Loader.loadPDF(paper(report("שלום محمد")))) {
      var hebrew = shown(pdf).stream().filter(glyph -> glyph.font().contains("Hebrew"));
      var arabic = shown(pdf).stream().filter(glyph -> glyph.font().contains("Arabic"));
      assertThat(hebrew.mapToDouble(Shown::x).min().orElseThrow())
          .isGreaterThan(arabic.mapToDouble(Shown::x).max().orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"محمد 2 علي", "פרס (פרס)", "Sam محمد (x)"})
  void nameOfTwoDirectionsHasAllItsWords(String name) throws IOException {
    try (var pdf = Loader.loadPDF(paper(report(name)))) {
      var title = text(pdf).lines().findFirst().orElseThrow();
      assertThat(title).contains(name.replaceAll("[()]", "").split(" "));
      assertThat(shown(pdf)).allMatch(Shown::hasShape);
    }
  }

  @Test
  void bracketsTurnWithTheDirection() throws IOException {
    try (var pdf = Loader.loadPDF(paper(report("(פרס)")))) {
      var title = shown(pdf).stream().limit("Progress of ".length() + 5).toList();
      var leftmost = title.get("Progress of ".length());
      assertThat(((PDType0Font) leftmost.from()).toUnicode(leftmost.code())).isEqualTo("(");
    }
  }

  @Test
  void letterThatNoFontHasIsShownWithItsNumber() throws IOException {
    try (var pdf = Loader.loadPDF(paper(report("𠮷野 \uD83E\uDDD1\u200D\uD83D\uDE80")))) {
      assertThat(text(pdf)).contains("Progress of □U+20BB7野 □U+1F9D1");
      assertThat(shown(pdf)).allMatch(Shown::hasShape);
    }
  }

  @Test
  void numbersAreRoundedAsPeopleDo() throws IOException {
    var lines =
        List.of(
            line("completed sessions", 15.0, "sessions"),
            line("success", 78.94736842105263, "%"),
            line("duration", 12.508333, "minutes"),
            line("recovery from distress", 8.4, "seconds"),
            line("time played", 4283.9, "minutes"),
            new Line(
                "score", 57.66666, "points", 12L, Trend.Direction.IMPROVING, 28.0, 0.125, 33.3333));
    try (var pdf = Loader.loadPDF(paper(report("Sam", lines)))) {
      assertThat(text(pdf))
          .contains("Sessions to the end", "15")
          .contains("78.9 %")
          .contains("12 min 30 s")
          .contains("8 s")
          .contains("71 h 24 min")
          .contains("57.7 points", "(12 sessions)")
          .doesNotContain("15.0");
    }
  }

  @Test
  void daysOfAnyYearAreThere() throws IOException {
    var window =
        new ChildAnalytics.Frame("all", LocalDate.of(-1, 1, 1), LocalDate.of(10_000, 1, 1), "UTC");
    var report =
        new ProgressReport(
            1,
            "Sam",
            7,
            window,
            "en",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Instant.EPOCH);
    try (var pdf = Loader.loadPDF(paper(report))) {
      assertThat(text(pdf)).contains("10000", "made on January 1, 1970");
    }
  }

  @Test
  void pictureHasInkWhereTheNameIs() throws IOException {
    for (var name : List.of("محمد", "小明", "ไทย", "김민준", "हिन्दी")) {
      try (var pdf = Loader.loadPDF(paper(report(name)))) {
        var picture = new PDFRenderer(pdf).renderImageWithDPI(0, 72);
        var right = shown(pdf).get("Progress of".length()).x() + 6;
        var ink = 0;
        for (int x = (int) right; x < right + 60; x++) {
          for (int y = 50; y < 90; y++) {
            ink += (picture.getRGB(x, y) & 0xFF) < 128 ? 1 : 0;
          }
        }
        assertThat(ink).as(name).isGreaterThan(40);
      }
    }
  }

  private record Shown(PDFont from, int code, float x, boolean hasShape) {
    String font() {
      return from.getName();
    }
  }

  /** Every glyph on the first page. */
  private static List<Shown> shown(PDDocument pdf) throws IOException {
    var shown = new ArrayList<Shown>();
    var reader =
        new PDFTextStripper() {
          @Override
          protected void showGlyph(Matrix matrix, PDFont font, int code, Vector displacement)
              throws IOException {
            var blank =
                displacement.getX() > 0
                    && font.toUnicode(code) != null
                    && font.toUnicode(code).isBlank();
            shown.add(
                new Shown(
                    font,
                    code,
                    matrix.getTranslateX(),
                    code != 0
                        && (blank || !((PDType0Font) font).getPath(code).getBounds2D().isEmpty())));
            super.showGlyph(matrix, font, code, displacement);
          }

          @Override
          protected void processTextPosition(TextPosition text) {
            // only the glyphs matter
          }
        };
    reader.writeText(pdf, new StringWriter());
    return shown;
  }

  private static byte[] paper(ProgressReport report) {
    return PdfReport.of(report, Map.of(), Language.ENGLISH);
  }

  /** A child with much to tell, whose name and phases are as long as may be. */
  private static ProgressReport full(Language language, int sentences) {
    var told =
        Stream.of("calm", "progress", "upsets", "helps")
            .map(
                topic ->
                    new Story.Sentence(
                        topic,
                        "score",
                        Certainty.LIKELY,
                        topic + " is told. ".repeat(30),
                        List.of(),
                        null))
            .toList();
    var many =
        Collections.nCopies(
            sentences, "Something that could be done is told at length. ".repeat(5));
    return new ProgressReport(
        1,
        "Wolfeschlegelsteinhausenbergerdorff".repeat(3).substring(0, 100),
        7,
        WINDOW,
        language.tag(),
        told,
        many,
        List.of(line("score", 57.5, "points")),
        many,
        many,
        many,
        many,
        Instant.EPOCH);
  }

  private static Map<String, Picture> pictures(Language language) {
    var pictures = new HashMap<String, Picture>();
    for (var name : PdfReport.PICTURES) {
      pictures.put(
          name,
          new Rows(
              language,
              name,
              name,
              name,
              "nothing",
              0,
              100,
              null,
              null,
              Collections.nCopies(
                  8,
                  new Rows.Row(
                      "محمد 小明", "50 %", "note", 50.0, null, null, Rows.Look.FILLED, false))));
    }
    return pictures;
  }

  static Stream<Arguments> contents() {
    return Language.spoken().stream()
        .flatMap(
            language ->
                Stream.of(
                    Arguments.of(full(language, 0), pictures(language), language),
                    Arguments.of(full(language, 40), pictures(language), language),
                    Arguments.of(report("O", List.of()), Map.of(), language)));
  }

  @ParameterizedTest
  @MethodSource("contents")
  void reportHasTwoPagesWhateverIsInIt(
      ProgressReport report, Map<String, Picture> pictures, Language language) throws IOException {
    try (var pdf = Loader.loadPDF(PdfReport.of(report, pictures, language))) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(2);
      assertThat(text(pdf)).contains("2 " + (language == Language.ITALIAN ? "di" : "of") + " 2");
      for (var page : pdf.getPages()) {
        assertThat(page.getMediaBox().getHeight()).isEqualTo(842);
      }
    }
  }

  private static String text(PDDocument pdf) throws IOException {
    return new PDFTextStripper().getText(pdf);
  }

  private static Line line(String figure, double value, String unit) {
    return new Line(figure, value, unit, null, null, null, null, null);
  }

  private static ProgressReport report(String name) {
    return report(name, List.of(line("score", 57.5, "points")));
  }

  private static ProgressReport report(String name, List<Line> lines) {
    return new ProgressReport(
        1,
        name,
        7,
        WINDOW,
        "en",
        List.of(),
        List.of(),
        lines,
        List.of("The score gets better."),
        List.of(),
        List.of(),
        List.of(),
        Instant.EPOCH);
  }
}
