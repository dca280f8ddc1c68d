package org.smileadventure.query.report;

import static java.util.Objects.requireNonNull;

import java.awt.font.TextAttribute;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.text.Bidi;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Chunk;
import org.openpdf.text.Font;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.GlyphLayoutFontManager;
import org.openpdf.text.pdf.GlyphLayoutManager;
import org.smileadventure.query.font.ShippedFonts;

/**
 * Sets the text of one document in any script: shaped, in the order in which it is read, and with
 * the letters themselves beside their shapes, for readers and searches. A character that no font
 * has is shown as a box with its number.
 */
final class Typesetter {
  private final GlyphLayoutManager layout =
      new GlyphLayoutManager(new Fonts()).setWriteActualText(true);
  private final Map<String, Font> fonts = new HashMap<>();

  /** To be given to the document. */
  GlyphLayoutManager layout() {
    return layout;
  }

  /** A sentence from left to right, in which there may be words of any script. */
  Phrase sentence(String text, float size, boolean bold) {
    return phrase(text, size, bold, Bidi.DIRECTION_LEFT_TO_RIGHT);
  }

  /** A name, whose own script says in which direction it is read. */
  Phrase name(String text, float size, boolean bold) {
    return phrase(text, size, bold, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
  }

  private Phrase phrase(String text, float size, boolean bold, int direction) {
    var phrase = new Phrase(size * 1.5f);
    for (var run : inReadingOrder(runs(text), direction)) {
      var font = bold && run.font().equals(ShippedFonts.LATIN) ? ShippedFonts.BOLD : run.font();
      phrase.add(new Chunk(run.text(), font(font, size, run.rightToLeft())));
    }
    return phrase;
  }

  /** A part of a text that one font has, and that is read in one direction. */
  record Run(String font, String text, boolean rightToLeft) {
    Run(String font, String text) {
      this(font, text, false);
    }
  }

  /** In the order in which they are said. */
  static List<Run> runs(String text) {
    var runs = new Runs();
    var letters = BreakIterator.getCharacterInstance(Locale.ROOT);
    letters.setText(text);
    for (int from = 0, to = letters.next(); to != BreakIterator.DONE; to = letters.next()) {
      runs.add(text.substring(from, to));
      from = to;
    }
    return runs.done;
  }

  private static final class Runs {
    private final List<Run> done = new ArrayList<>();

    /** A letter with what is combined with it. */
    void add(String letter) {
      var font = font(letter);
      if (font.isPresent()) {
        add(font.get(), letter);
      } else {
        letter.codePoints().forEach(this::addAlone);
      }
    }

    private void addAlone(int character) {
      if (isInvisible(character)) {
        return;
      }
      var text = Character.toString(character);
      font(text)
          .ifPresentOrElse(
              font -> add(font, text),
              () -> {
                add(ShippedFonts.SYMBOLS, "\u25A1");
                add(ShippedFonts.LATIN, "U+%04X".formatted(character));
              });
    }

    private void add(String font, String text) {
      if (!done.isEmpty() && done.getLast().font().equals(font)) {
        done.set(done.size() - 1, new Run(font, done.getLast().text() + text));
      } else {
        done.add(new Run(font, text));
      }
    }

    private Optional<String> font(String letter) {
      var script =
          letter
              .codePoints()
              .mapToObj(UnicodeScript::of)
              .filter(of -> of != UnicodeScript.COMMON && of != UnicodeScript.INHERITED)
              .findFirst();
      if (script.isEmpty() && !done.isEmpty() && has(done.getLast().font(), letter)) {
        return Optional.of(done.getLast().font());
      }
      return ShippedFonts.candidates(script.orElse(UnicodeScript.COMMON))
          .filter(font -> has(font, letter))
          .findFirst();
    }

    private static boolean has(String font, String letter) {
      IntPredicate shown = character -> isInvisible(character) || ShippedFonts.has(font, character);
      return letter.codePoints().allMatch(shown);
    }

    /** What only says how others are joined. */
    private static boolean isInvisible(int character) {
      return Character.getType(character) == Character.FORMAT
          || (character >= 0xFE00 && character <= 0xFE0F);
    }
  }

  /** From left to right, as they stand on paper. */
  private static List<Run> inReadingOrder(List<Run> runs, int direction) {
    var text = new StringBuilder();
    runs.forEach(run -> text.append(run.text()));
    if (!Bidi.requiresBidi(text.toString().toCharArray(), 0, text.length())) {
      return runs;
    }
    var directions = new Bidi(text.toString(), direction);
    var parts = new ArrayList<Run>();
    var levels = new ArrayList<Byte>();
    var begin = 0;
    for (var run : runs) {
      var end = begin + run.text().length();
      for (int from = begin, to; from < end; from = to) {
        to = from + 1;
        while (to < end && directions.getLevelAt(to) == directions.getLevelAt(from)) {
          to++;
        }
        var level = directions.getLevelAt(from);
        parts.add(new Run(run.font(), text.substring(from, to), level % 2 == 1));
        levels.add((byte) level);
      }
      begin = end;
    }
    var ordered = parts.toArray(Run[]::new);
    var bytes = new byte[ordered.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = levels.get(i);
    }
    Bidi.reorderVisually(bytes, 0, ordered, 0, ordered.length);
    return List.of(ordered);
  }

  private Font font(String name, float size, boolean rightToLeft) {
    return fonts.computeIfAbsent(
        name + " " + size + " " + rightToLeft,
        _ -> {
          var options = new GlyphLayoutFontManager.FontOptions();
          if (rightToLeft) {
            options.setRunDirectionRtl();
          } else {
            options.setRunDirectionLtr();
          }
          try (var file = ShippedFonts.file(name)) {
            return layout.loadFont(name + ".ttf", file, size, options);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (GlyphLayoutFontManager.FontLoadException e) {
            throw new IllegalStateException("the font " + name + " is broken", e);
          }
        });
  }

  /**
   * Fonts of one document: they read their file while it is written, and so are not to be shared.
   * How letters are shaped is known for all documents.
   */
  private static final class Fonts extends GlyphLayoutFontManager {
    private final Map<BaseFont, java.awt.Font> shapes = new HashMap<>();
    private String loading = "";

    Fonts() {
      setFontCaching(FontCaching.OFF);
    }

    @Override
    public Font loadFont(String name, InputStream file, float size, @Nullable FontOptions options)
        throws FontLoadException {
      loading = name.substring(0, name.lastIndexOf('.'));
      return super.loadFont(name, file, size, options);
    }

    @Override
    protected void loadAwtFontFromInputStream(
        Map<TextAttribute, Object> attributes, InputStream file, BaseFont font) {
      shapes.put(font, ShippedFonts.shapes(loading).deriveFont(attributes));
    }

    @Override
    public java.awt.Font getAwtFont(BaseFont font, float size) {
      return requireNonNull(shapes.get(font)).deriveFont(size);
    }

    @Override
    public boolean supportsFont(BaseFont font) {
      return shapes.containsKey(font);
    }
  }
}
