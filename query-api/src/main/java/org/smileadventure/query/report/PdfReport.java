package org.smileadventure.query.report;

import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openpdf.text.Document;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.pdf.ColumnText;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfWriter;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;
import org.smileadventure.language.Vocabulary;
import org.smileadventure.query.picture.Picture;
import org.smileadventure.query.picture.Rows;
import org.smileadventure.query.report.ProgressReport.Line;
import org.smileadventure.query.story.Story;

/**
 * A report to be printed and handed to somebody: two pages of A4, whatever is in it. The first says
 * how it goes, the second what upsets, what helps, what to do next and how sure that is. A text
 * that has no room is set smaller.
 */
final class PdfReport {
  /** What it shows, in the order in which it does. */
  static final List<String> PICTURES =
      List.of("distress", "recovery", "score", "triggers", "strategies");

  private static final Messages WORDS = Messages.beside(PdfReport.class, "report");
  private static final float MARGIN = 48;
  private static final float WIDTH = PageSize.A4.getWidth() - 2 * MARGIN;
  private static final float TOP = PageSize.A4.getHeight() - MARGIN;
  private static final float GUTTER = 22;
  private static final float COLUMN = (WIDTH - GUTTER) / 2;
  private static final float RIGHT = MARGIN + COLUMN + GUTTER;
  private static final float COURSE_HEIGHT = COLUMN * 0.74f;
  private static final float ROWS_HEIGHT = 205;
  private static final float SENTENCE_HEIGHT = 50;
  private static final float GAP = 10;
  private static final float TITLE = 18;
  private static final float TITLE_HEIGHT = 60;
  private static final float HEADING = 12;
  private static final float TEXT = 10;
  private static final float SMALL = 8.5f;
  private static final float LEAST = 6;
  private static final int MOST_SENTENCES = 6;
  private static final int MOST_ROWS = 4;
  private static final int NOTE_LINES = 3;
  private static final float NOTE_HEIGHT = 24;
  private static final Set<String> IN_NUMBERS =
      Set.of(
          "completed sessions",
          "time played",
          "score",
          "engagement",
          "success",
          "duration",
          "recovery from distress");

  private final Typesetter typesetter;
  private final ProgressReport report;
  private final Map<String, Picture> pictures;
  private final Language language;
  private final PdfContentByte canvas;

  private PdfReport(
      Typesetter typesetter,
      ProgressReport report,
      Map<String, Picture> pictures,
      Language language,
      PdfContentByte canvas) {
    this.typesetter = typesetter;
    this.report = report;
    this.pictures = pictures;
    this.language = language;
    this.canvas = canvas;
  }

  /**
   * The report on paper.
   *
   * @param pictures by their names; one that is not there leaves its place empty
   */
  static byte[] of(ProgressReport report, Map<String, Picture> pictures, Language language) {
    var bytes = new ByteArrayOutputStream();
    try (var document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN)) {
      var typesetter = new Typesetter();
      // A writer asks for it when it is made.
      document.setGlyphLayoutManager(typesetter.layout());
      var writer = PdfWriter.getInstance(document, bytes);
      document.addTitle(WORDS.text(language, "title") + " " + report.childName());
      document.addCreator("Smile Analytics");
      document.open();
      var pages = new PdfReport(typesetter, report, pictures, language, writer.getDirectContent());
      pages.first();
      document.newPage();
      pages.second();
    }
    return bytes.toByteArray();
  }

  private void first() {
    var y = box(MARGIN, TOP, WIDTH, TITLE_HEIGHT, TITLE, this::title) - 2;
    y = box(MARGIN, y, WIDTH, 34, TEXT, this::frame) - GAP;
    line(y);
    y = heading(MARGIN, y - 4, WIDTH, "goes") - 4;
    picture("distress", MARGIN, y, COURSE_HEIGHT);
    picture("recovery", RIGHT, y, COURSE_HEIGHT);
    y -= COURSE_HEIGHT + 4;
    topic("calm", MARGIN, y, WIDTH, SENTENCE_HEIGHT);
    y -= SENTENCE_HEIGHT + GAP;
    picture("score", MARGIN, y, COURSE_HEIGHT);
    numbers(RIGHT, y, COURSE_HEIGHT);
    y -= COURSE_HEIGHT + 4;
    topic("progress", MARGIN, y, WIDTH, SENTENCE_HEIGHT);
    y -= SENTENCE_HEIGHT + GAP;
    list("well", report.goingWell(), MARGIN, y, COLUMN, y - MARGIN - 14);
    list("after", report.lookAfter(), RIGHT, y, COLUMN, y - MARGIN - 14);
    footer(1);
  }

  private void second() {
    var y = TOP;
    var below = Math.min(heading(MARGIN, y, COLUMN, "upsets"), heading(RIGHT, y, COLUMN, "helps"));
    topic("upsets", MARGIN, below, COLUMN, SENTENCE_HEIGHT + 14);
    topic("helps", RIGHT, below, COLUMN, SENTENCE_HEIGHT + 14);
    y = below - SENTENCE_HEIGHT - 14 - GAP;
    picture("triggers", MARGIN, y, ROWS_HEIGHT);
    picture("strategies", RIGHT, y, ROWS_HEIGHT);
    y -= ROWS_HEIGHT + GAP;
    line(y);
    list("next", report.next(), MARGIN, y - 4, WIDTH, 130);
    y -= 134 + GAP;
    y = notes(y);
    line(y);
    y = heading(MARGIN, y - 4, WIDTH, "sure");
    box(MARGIN, y, WIDTH, y - MARGIN - 14, TEXT, this::sure);
    footer(2);
  }

  private List<Paragraph> title(float size) {
    var title = new Paragraph(typesetter.sentence(text("title") + " ", size, true));
    title.add(typesetter.name(report.childName(), size, true));
    return List.of(title);
  }

  private List<Paragraph> frame(float size) {
    var window = report.window();
    var made = LocalDate.ofInstant(report.computedAt(), ZoneId.of(window.timeZone()));
    var days =
        window.from() == null
            ? text("all_days", Map.of("to", window.to()))
            : text("days", Map.of("from", window.from(), "to", window.to()));
    return List.of(
        paragraph(
            String.join(
                " · ",
                text("age", Map.of("age", report.age())),
                days,
                text("made", Map.of("day", made))),
            size,
            false));
  }

  private float heading(float left, float top, float width, String key) {
    return box(left, top, width, 24, HEADING, size -> List.of(paragraph(text(key), size, true)));
  }

  private void topic(String topic, float left, float top, float width, float height) {
    report.sentences().stream()
        .filter(sentence -> sentence.topic().equals(topic))
        .findFirst()
        .ifPresent(sentence -> box(left, top, width, height, TEXT, size -> told(sentence, size)));
  }

  private List<Paragraph> told(Story.Sentence sentence, float size) {
    var told = new ArrayList<Paragraph>();
    told.add(paragraph(sentence.sentence(), size, false));
    var needed = sentence.needed();
    var certainty = Vocabulary.name(language, "certainty", sentence.certainty().wireName());
    told.add(
        paragraph(
            text("certainty", Map.of("certainty", certainty))
                + (needed == null ? "" : " " + needed.sentence()),
            size * SMALL / TEXT,
            false));
    return told;
  }

  private void numbers(float left, float top, float height) {
    var lines =
        report.figures().stream().filter(line -> IN_NUMBERS.contains(line.figure())).toList();
    if (lines.isEmpty()) {
      return;
    }
    var y = heading(left, top, COLUMN, "numbers") - 4;
    var row = (height - (top - y)) / lines.size();
    for (var line : lines) {
      box(
          left,
          y,
          COLUMN * 0.5f,
          row,
          TEXT,
          size -> List.of(paragraph(text("line." + key(line)), size, false)));
      box(
          left + COLUMN * 0.52f,
          y,
          COLUMN * 0.48f,
          row,
          TEXT,
          size -> List.of(paragraph(value(line), size, false)));
      y -= row;
    }
  }

  private static String key(Line line) {
    return line.figure().replace(' ', '_');
  }

  private void list(
      String key, List<String> sentences, float left, float top, float width, float height) {
    var y = heading(left, top, width, key);
    box(left, y, width, height - (top - y), TEXT, size -> items(sentences, size));
  }

  private List<Paragraph> items(List<String> sentences, float size) {
    if (sentences.isEmpty()) {
      return List.of(paragraph(text("nothing"), size, false));
    }
    return sentences.stream().limit(MOST_SENTENCES).map(words -> item(words, size)).toList();
  }

  private Paragraph item(String words, float size) {
    var item = paragraph("– " + words, size, false);
    item.setIndentationLeft(size);
    item.setFirstLineIndent(-size);
    return item;
  }

  private List<Paragraph> sure(float size) {
    var told = new ArrayList<Paragraph>();
    told.add(paragraph(text("sure.words"), size, false));
    report.dataNotes().stream().limit(MOST_SENTENCES).forEach(note -> told.add(item(note, size)));
    return told;
  }

  /** Room to write by hand. */
  private float notes(float top) {
    var y = heading(MARGIN, top, WIDTH, "notes") - NOTE_HEIGHT;
    for (int i = 0; i < NOTE_LINES; i++) {
      line(y);
      y -= NOTE_HEIGHT;
    }
    return y + GAP;
  }

  private void footer(int page) {
    box(
        MARGIN,
        MARGIN,
        WIDTH,
        22,
        SMALL,
        size -> List.of(paragraph(text("footer", Map.of("page", page)), size, false)));
  }

  private void line(float y) {
    canvas.saveState();
    canvas.setGrayStroke(0.8f);
    canvas.setLineWidth(0.6f);
    canvas.moveTo(MARGIN, y);
    canvas.lineTo(MARGIN + WIDTH, y);
    canvas.stroke();
    canvas.restoreState();
  }

  private void picture(String name, float left, float top, float height) {
    var picture = pictures.get(name);
    if (picture == null) {
      return;
    }
    var template = canvas.createTemplate(COLUMN, height);
    var graphics = new ChartGraphics(template, COLUMN, height);
    var drawn = picture instanceof Rows rows ? rows.first(MOST_ROWS) : picture;
    drawn.draw(graphics, new Rectangle2D.Float(0, 0, COLUMN, height));
    graphics.dispose();
    canvas.addTemplate(template, left, top - height);
  }

  /** Words in a size. */
  private interface Words {
    List<Paragraph> in(float size);
  }

  /** Sets words into a box, smaller if they have no room. Returns where they end. */
  private float box(float left, float top, float width, float height, float size, Words words) {
    for (var smaller = size; ; smaller -= 0.5f) {
      if (smaller <= LEAST || hasRoom(left, top, width, height, words.in(smaller))) {
        var column = column(left, top, width, height, words.in(smaller));
        column.go();
        return column.getYLine();
      }
    }
  }

  private boolean hasRoom(float left, float top, float width, float height, List<Paragraph> words) {
    return !ColumnText.hasMoreText(column(left, top, width, height, words).go(true));
  }

  private ColumnText column(
      float left, float top, float width, float height, List<Paragraph> words) {
    var column = new ColumnText(canvas);
    column.setSimpleColumn(left, top - height, left + width, top);
    words.forEach(column::addElement);
    return column;
  }

  private Paragraph paragraph(String words, float size, boolean bold) {
    return new Paragraph(typesetter.sentence(words, size, bold));
  }

  private String text(String key) {
    return WORDS.text(language, key);
  }

  private String text(String key, Map<String, ?> arguments) {
    return WORDS.text(language, key, arguments);
  }

  private String value(Line line) {
    var value = line.value();
    if (value == null) {
      return text("too_little");
    }
    var amount =
        switch (line.unit()) {
          case "minutes" -> duration(value * 60);
          case "seconds" -> duration(value);
          default -> text("unit." + unit(line.unit()), Map.of("value", value));
        };
    return line.n() == null ? amount : amount + "  " + text("of_n", Map.of("n", line.n()));
  }

  private static String unit(String unit) {
    return switch (unit) {
      case "%" -> "percent";
      case "of 100" -> "of_100";
      default -> unit;
    };
  }

  /** As 1 h 12 min, 12 min 30 s or 8 s. */
  private static String duration(double seconds) {
    if (seconds >= 3_600) {
      var minutes = Math.round(seconds / 60);
      return "%d h %d min".formatted(minutes / 60, minutes % 60);
    }
    var whole = Duration.ofSeconds(Math.round(seconds));
    return whole.toMinutes() > 0
        ? "%d min %d s".formatted(whole.toMinutes(), whole.toSecondsPart())
        : "%d s".formatted(whole.toSeconds());
  }
}
