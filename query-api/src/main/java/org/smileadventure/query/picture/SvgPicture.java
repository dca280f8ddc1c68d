package org.smileadventure.query.picture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jfree.svg.SVGGraphics2D;
import org.jspecify.annotations.Nullable;
import org.smileadventure.query.picture.Tone.Hold;
import org.smileadventure.query.picture.Tone.Use;

/**
 * Writes a chart as SVG for a page that allows no styles: what the library says in {@code style}
 * becomes attributes, and a colour becomes a class. An element with one is drawn in {@code
 * currentColor}; so a page that sets {@code color} for the class decides, and one that says nothing
 * gets the colour in the attribute.
 */
final class SvgPicture {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final Set<String> SHAPES =
      Set.of("line", "path", "rect", "ellipse", "circle", "polyline", "polygon");
  private static final List<String> GEOMETRY =
      List.of(
          "x",
          "y",
          "x1",
          "y1",
          "x2",
          "y2",
          "cx",
          "cy",
          "rx",
          "ry",
          "r",
          "width",
          "height",
          "d",
          "points",
          "transform");
  private static final List<String> STROKE =
      List.of("stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray");
  private static final FontRenderContext MEASURED = new FontRenderContext(null, true, true);

  private final XMLStreamReader in;
  private final XMLStreamWriter out;

  /** What elements that are open say of their contents. */
  private final Deque<Map<String, String>> around = new ArrayDeque<>();

  private SvgPicture(XMLStreamReader in, XMLStreamWriter out) {
    this.in = in;
    this.out = out;
  }

  static byte[] of(Picture picture, String id) {
    var drawn = new SVGGraphics2D(Picture.WIDTH, picture.height());
    drawn.setCheckStrokeControlHint(false);
    drawn.setGeomDoubleConverter(SvgPicture::shortened);
    drawn.setTransformDoubleConverter(SvgPicture::shortened);
    picture.chart().draw(drawn, new Rectangle2D.Double(0, 0, Picture.WIDTH, picture.height()));
    var bytes = new ByteArrayOutputStream();
    try {
      var in =
          XMLInputFactory.newDefaultFactory()
              .createXMLStreamReader(new StringReader(drawn.getSVGElement()));
      var out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, UTF_8.name());
      new SvgPicture(in, out).write(picture, id);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a chart was not drawn as XML", e);
    }
    return bytes.toByteArray();
  }

  /** To a tenth: a pixel is no finer. */
  private static String shortened(double value) {
    return BigDecimal.valueOf(value)
        .setScale(1, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  private void write(Picture picture, String id) throws XMLStreamException {
    in.nextTag();
    around.push(Map.of());
    out.writeStartElement("svg");
    out.writeDefaultNamespace(SVG);
    out.writeAttribute("class", "pic");
    out.writeAttribute("viewBox", "0 0 %d %d".formatted(Picture.WIDTH, picture.height()));
    out.writeAttribute("role", "img");
    out.writeAttribute("aria-labelledby", "%1$s-title %1$s-desc".formatted(id));
    out.writeAttribute("font-family", "sans-serif");
    // Time goes from left to right in any language, and so do the places where texts are held.
    out.writeAttribute("direction", "ltr");
    words("title", id + "-title", picture.title());
    words("desc", id + "-desc", picture.description());
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> element(in.getLocalName());
        case XMLStreamConstants.END_ELEMENT -> around.pop();
        default -> {}
      }
    }
    out.writeEndElement();
    out.flush();
  }

  private void words(String element, String id, String words) throws XMLStreamException {
    out.writeStartElement(element);
    out.writeAttribute("id", id);
    out.writeCharacters(words);
    out.writeEndElement();
  }

  private void element(String name) throws XMLStreamException {
    var said = said();
    switch (name) {
      // What is within the others is within the picture anyway.
      case "clipPath", "defs" -> skip();
      case "text" -> text(said, in.getElementText());
      default -> {
        if (SHAPES.contains(name)) {
          shape(name, said);
        }
        around.push(said);
      }
    }
  }

  private void skip() throws XMLStreamException {
    for (int depth = 1; depth > 0; ) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {}
      }
    }
  }

  /** Attributes and declarations of an element and of those around it; the inner ones win. */
  private Map<String, String> said() {
    var said = new HashMap<>(around.element());
    for (int i = 0; i < in.getAttributeCount(); i++) {
      said.put(in.getAttributeLocalName(i), in.getAttributeValue(i));
    }
    var style = said.remove("style");
    if (style != null) {
      for (var declaration : style.split(";", -1)) {
        var parts = declaration.split(":", 2);
        if (parts.length == 2) {
          said.put(parts[0].strip(), parts[1].strip());
        }
      }
    }
    return said;
  }

  private void shape(String name, Map<String, String> said) throws XMLStreamException {
    var stroke = use(said, "stroke");
    var fill = use(said, "fill");
    var use = stroke == null ? fill : stroke;
    if (use == null) {
      return;
    }
    out.writeEmptyElement(name);
    colored(use.tone(), "");
    copy(GEOMETRY, said);
    out.writeAttribute("fill", fill == null ? "none" : "currentColor");
    if (stroke != null) {
      out.writeAttribute("stroke", "currentColor");
      copy(STROKE, said);
    }
  }

  private void copy(List<String> names, Map<String, String> said) throws XMLStreamException {
    for (var name : names) {
      var value = said.get(name);
      if (value != null) {
        out.writeAttribute(name, value);
      }
    }
  }

  private void colored(Tone tone, String further) throws XMLStreamException {
    out.writeAttribute("class", tone.cssClass() + further);
    out.writeAttribute("color", tone.fallback());
  }

  /**
   * A text keeps the point that it is held at, however wide a reader's font makes it. What it
   * stands on parts around it.
   */
  private void text(Map<String, String> said, String words) throws XMLStreamException {
    var use = use(said, "fill");
    if (use == null) {
      return;
    }
    var size = said.getOrDefault("font-size", "").replaceAll("[^0-9.]", "");
    var width = Frame.font(Integer.parseInt(size)).getStringBounds(words, MEASURED).getWidth();
    var x =
        Double.parseDouble(said.getOrDefault("x", "0"))
            + switch (use.hold()) {
              case START, START_ABOVE -> 0;
              case MIDDLE, MIDDLE_ABOVE -> width / 2;
              case END, END_ABOVE -> width;
            };
    out.writeStartElement("text");
    colored(use.tone(), use.hold().isAbove() ? " pic-above" : "");
    out.writeAttribute("x", shortened(x));
    copy(List.of("y", "transform"), said);
    out.writeAttribute("font-size", size);
    out.writeAttribute("text-anchor", anchor(use.hold()));
    out.writeAttribute("unicode-bidi", "plaintext");
    out.writeAttribute("fill", "currentColor");
    if (use.hold().isAbove()) {
      out.writeAttribute("stroke", Tone.PAPER.fallback());
      out.writeAttribute("stroke-width", "5");
      out.writeAttribute("stroke-linejoin", "round");
      out.writeAttribute("paint-order", "stroke");
    }
    out.writeCharacters(words);
    out.writeEndElement();
  }

  private static String anchor(Hold hold) {
    return switch (hold) {
      case START, START_ABOVE -> "start";
      case MIDDLE, MIDDLE_ABOVE -> "middle";
      case END, END_ABOVE -> "end";
    };
  }

  /** Null: there is no such paint, or it is not seen. */
  private static @Nullable Use use(Map<String, String> said, String paint) {
    var color = said.getOrDefault(paint, "none");
    if (color.equals("none") || said.getOrDefault(paint + "-opacity", "1").matches("0(\\.0*)?")) {
      return null;
    }
    var rgb = 0;
    for (var part : color.replaceAll("[^0-9,]", "").split(",", 3)) {
      rgb = rgb << 8 | Integer.parseInt(part);
    }
    return Tone.of(rgb)
        .orElseThrow(() -> new IllegalStateException("a chart has a colour of its own: " + color));
  }
}
