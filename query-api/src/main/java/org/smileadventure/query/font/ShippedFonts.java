package org.smileadventure.query.font;

import static java.util.Objects.requireNonNull;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The fonts that come with the service, by name: which of them has a character, and how its letters
 * are shaped. Each is loaded when a text first needs it, once for all texts.
 */
public final class ShippedFonts {
  public static final String LATIN = "NotoSans-Regular";
  public static final String BOLD = "NotoSans-Bold";
  public static final String SYMBOLS = "NotoSansSymbols2-Regular";
  private static final String HAN = "DroidSansFallbackFull";

  private static final Map<UnicodeScript, String> BY_SCRIPT = new EnumMap<>(UnicodeScript.class);
  private static final Map<String, Font> LOADED = new ConcurrentHashMap<>();

  static {
    BY_SCRIPT.put(UnicodeScript.HAN, HAN);
    BY_SCRIPT.put(UnicodeScript.HIRAGANA, HAN);
    BY_SCRIPT.put(UnicodeScript.KATAKANA, HAN);
    BY_SCRIPT.put(UnicodeScript.BOPOMOFO, HAN);
    BY_SCRIPT.put(UnicodeScript.HANGUL, "NanumSquareR");
    BY_SCRIPT.put(UnicodeScript.TIBETAN, "NotoSerifTibetan-Regular");
    noto(UnicodeScript.ADLAM, "Adlam");
    noto(UnicodeScript.ARABIC, "Arabic");
    noto(UnicodeScript.ARMENIAN, "Armenian");
    noto(UnicodeScript.BALINESE, "Balinese");
    noto(UnicodeScript.BENGALI, "Bengali");
    noto(UnicodeScript.CANADIAN_ABORIGINAL, "CanadianAboriginal");
    noto(UnicodeScript.CHEROKEE, "Cherokee");
    noto(UnicodeScript.DEVANAGARI, "Devanagari");
    noto(UnicodeScript.ETHIOPIC, "Ethiopic");
    noto(UnicodeScript.GEORGIAN, "Georgian");
    noto(UnicodeScript.GUJARATI, "Gujarati");
    noto(UnicodeScript.GURMUKHI, "Gurmukhi");
    noto(UnicodeScript.HEBREW, "Hebrew");
    noto(UnicodeScript.JAVANESE, "Javanese");
    noto(UnicodeScript.KANNADA, "Kannada");
    noto(UnicodeScript.KHMER, "Khmer");
    noto(UnicodeScript.LAO, "Lao");
    noto(UnicodeScript.MALAYALAM, "Malayalam");
    noto(UnicodeScript.MEETEI_MAYEK, "MeeteiMayek");
    noto(UnicodeScript.MYANMAR, "Myanmar");
    noto(UnicodeScript.NKO, "NKo");
    noto(UnicodeScript.OL_CHIKI, "OlChiki");
    noto(UnicodeScript.ORIYA, "Oriya");
    noto(UnicodeScript.SINHALA, "Sinhala");
    noto(UnicodeScript.SUNDANESE, "Sundanese");
    noto(UnicodeScript.SYRIAC, "Syriac");
    noto(UnicodeScript.TAMIL, "Tamil");
    noto(UnicodeScript.TELUGU, "Telugu");
    noto(UnicodeScript.THAANA, "Thaana");
    noto(UnicodeScript.THAI, "Thai");
    noto(UnicodeScript.TIFINAGH, "Tifinagh");
    noto(UnicodeScript.YI, "Yi");
  }

  private ShippedFonts() {}

  private static void noto(UnicodeScript script, String name) {
    BY_SCRIPT.put(script, "NotoSans" + name + "-Regular");
  }

  /** Those that may have a character of this script, the likeliest first. */
  public static Stream<String> candidates(UnicodeScript script) {
    return Stream.of(
            BY_SCRIPT.getOrDefault(script, LATIN), LATIN, "NotoSansSymbols-Regular", SYMBOLS, HAN)
        .distinct();
  }

  public static boolean has(String font, int character) {
    return shapes(font).canDisplay(character);
  }

  public static Font shapes(String font) {
    return requireNonNull(LOADED.computeIfAbsent(font, ShippedFonts::load));
  }

  private static Font load(String font) {
    try (var file = file(font)) {
      return Font.createFont(Font.TRUETYPE_FONT, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FontFormatException e) {
      throw new IllegalStateException("the font " + font + " is broken", e);
    }
  }

  public static InputStream file(String font) {
    return requireNonNull(ShippedFonts.class.getResourceAsStream("fonts/" + font + ".ttf"), font);
  }
}
