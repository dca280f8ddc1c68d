package org.smileadventure.query.picture;

import java.awt.Color;
import java.util.Locale;
import java.util.Optional;

/**
 * What a colour of a picture means. On paper it is the colour itself; in SVG each element has a
 * class, by which a page says what it looks like.
 */
enum Tone {
  /** Words that are read. */
  INK(0x1D2A30),
  /** Words beside: ticks, numbers of cases; the period before. */
  MUTED(0x54646C),
  /** Thin lines to measure by. */
  GRID(0xDCE3E6),
  /** What the picture is about. */
  FIRST(0x0B6B7A),
  /** What it is compared with. */
  SECOND(0x8A5A00),
  /** Where the line lies with a confidence of 95 %. */
  BAND(0xCFE6E8),
  /** Distress. */
  WARN(0xA3402D),
  /** The page behind. */
  PAPER(0xFFFFF8);

  /** Where a text is held, and whether it stands on top of lines: they part around it. */
  enum Hold {
    START(0, false),
    MIDDLE(1, false),
    END(2, false),
    START_ABOVE(3, true),
    MIDDLE_ABOVE(4, true),
    END_ABOVE(5, true);

    private final int shift;
    private final boolean above;

    Hold(int shift, boolean above) {
      this.shift = shift;
      this.above = above;
    }

    boolean isAbove() {
      return above;
    }
  }

  /** What a colour stands for. */
  record Use(Tone tone, Hold hold) {}

  private final int rgb;

  Tone(int rgb) {
    this.rgb = rgb;
  }

  Color color() {
    return color(Hold.START);
  }

  /**
   * For a text that is held there. Charts know of no such thing; so it is a colour that nobody can
   * tell from the others.
   */
  Color color(Hold hold) {
    return new Color(rgb + hold.shift);
  }

  /** The tone and the hold of a colour of these; empty for any other. */
  static Optional<Use> of(int rgb) {
    for (var tone : values()) {
      for (var hold : Hold.values()) {
        if (rgb == tone.rgb + hold.shift) {
          return Optional.of(new Use(tone, hold));
        }
      }
    }
    return Optional.empty();
  }

  String cssClass() {
    return switch (this) {
      case FIRST -> "pic-1";
      case SECOND -> "pic-2";
      default -> "pic-" + name().toLowerCase(Locale.ROOT);
    };
  }

  String fallback() {
    return "#%06x".formatted(rgb);
  }
}
