package org.smileadventure.query.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.metric.DaysWithoutPlay;
import org.smileadventure.language.Language;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

class SvgPictureTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 4, 21);
  private static final LocalDate LAST = LocalDate.of(2026, 5, 20);
  private static final String NASTY = "<script>alert(\"1\")</script> & 'x'";
  private static final Set<String> CLASSES =
      Set.of(
          "pic",
          "pic-ink",
          "pic-muted",
          "pic-grid",
          "pic-1",
          "pic-2",
          "pic-band",
          "pic-warn",
          "pic-paper",
          "pic-above");
  private static final Set<String> ELEMENTS =
      Set.of("svg", "title", "desc", "text", "line", "path", "rect", "ellipse");

  private static Course course(int points, boolean line) {
    var days = IntStream.range(0, points).mapToObj(FIRST::plusDays).toList();
    return new Course(
        Language.ENGLISH,
        "Score",
        "It gets better.",
        "Score (points)",
        line ? "Bar below: days without play" : null,
        line ? null : "too early to tell",
        0,
        null,
        FIRST,
        LAST,
        days.stream().map(day -> new Course.Point(day, 2, 50)).toList(),
        line ? days.stream().map(day -> new Course.Fit(day, 50, 40, 60)).toList() : List.of(),
        line ? new Course.Before(45, "before: 45") : null,
        line ? List.of(new Course.Phase(FIRST.plusDays(9), NASTY)) : List.of(),
        line ? List.of(new DaysWithoutPlay.Stretch(LAST.minusDays(9), LAST)) : List.of());
  }

  private static TwoPhases phases(int points) {
    var days = IntStream.range(0, points).mapToObj(FIRST::plusDays).toList();
    var side =
        new TwoPhases.Side(
            days.stream().map(day -> new TwoPhases.Point(day, 50)).toList(),
            points == 0 ? null : 50.0,
            points == 0 ? "" : "middle: 50");
    return new TwoPhases(
        Language.ENGLISH,
        "Score and “" + NASTY + "”",
        "It gets better.",
        "Score (points)",
        "Rings: before. Diamonds: then. Thick: the middle. Dashed: had it gone on as before. Bar"
            + " below: days without play.",
        points == 0 ? "Nothing to show yet" : null,
        null,
        FIRST,
        FIRST.plusDays(10),
        LAST,
        List.of(
            new Course.Phase(FIRST.plusDays(10), NASTY), new Course.Phase(LAST, "end: " + NASTY)),
        side,
        side,
        points == 0 ? null : new TwoPhases.Trend(FIRST, 80, LAST, -40),
        List.of(new DaysWithoutPlay.Stretch(FIRST.minusDays(3), FIRST.plusDays(3))));
  }

  private static Rows rows(Rows.Look... looks) {
    return new Rows(
        Language.ITALIAN,
        "Title",
        "Description",
        "Axis",
        "Nothing yet",
        -10,
        100,
        14.0,
        "Dashed: 14",
        Stream.of(looks)
            .map(look -> new Rows.Row(NASTY, "5 %", "note", 5.0, 2.0, 9.0, look, true))
            .toList());
  }

  static Stream<Picture> pictures() {
    var hours = List.of(new Clock.Hour(0, 3, 10), new Clock.Hour(23, 90, 100));
    return Stream.of(
        course(20, true),
        course(2, false),
        course(0, false),
        phases(12),
        phases(0),
        rows(Rows.Look.values()),
        rows(),
        new Clock(Language.ENGLISH, "Hours", "Each hour.", "Of 100", "Nothing yet", hours, 23),
        new Clock(
            Language.ENGLISH, "Hours", "Each hour.", "Of 100", "Nothing yet", List.of(), null));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void pageWithoutStylesAndScriptsCanHoldIt(Picture picture) throws Exception {
    var root = parsed(picture);

    for (var element : all(root)) {
      assertThat(ELEMENTS).contains(element.getTagName());
      var attributes = element.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        var name = attributes.item(i).getNodeName();
        assertThat(name).isNotEqualTo("style").doesNotStartWith("on").doesNotContain("href");
      }
      if (element.hasAttribute("class")) {
        assertThat(CLASSES).contains(element.getAttribute("class").split(" "));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void readersAreToldWhatItShows(Picture picture) throws Exception {
    var root = parsed(picture);

    assertThat(root.getAttribute("role")).isEqualTo("img");
    assertThat(root.getAttribute("aria-labelledby")).isEqualTo("pic-7-x-title pic-7-x-desc");
    assertThat(byTag(root, "title").getFirst().getTextContent()).isEqualTo(picture.title());
    assertThat(byTag(root, "desc").getFirst().getTextContent()).isEqualTo(picture.description());
    assertThat(all(root).stream().filter(e -> e.hasAttribute("id")).map(e -> e.getAttribute("id")))
        .containsExactly("pic-7-x-title", "pic-7-x-desc");
  }

  /** At 320 pixels three of its units are two pixels. */
  @ParameterizedTest
  @MethodSource("pictures")
  void itIsAsWideAsThePageLetsItBeAndCanBeRead(Picture picture) throws Exception {
    var root = parsed(picture);

    assertThat(root.hasAttribute("width")).isFalse();
    assertThat(root.hasAttribute("height")).isFalse();
    assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 480 " + picture.height());
    assertThat(byTag(root, "text")).isNotEmpty();
    for (var text : byTag(root, "text")) {
      assertThat(Double.parseDouble(text.getAttribute("font-size"))).isGreaterThanOrEqualTo(18);
      assertThat(Double.parseDouble(text.getAttribute("x"))).isBetween(0.0, 480.0);
      assertThat(Double.parseDouble(text.getAttribute("y")))
          .isBetween(0.0, (double) picture.height());
      assertThat(text.getAttribute("text-anchor")).isIn("start", "middle", "end");
    }
  }

  /** Whoever sees no colours sees lines of other kinds, and words. */
  @Test
  void linesDifferByMoreThanTheirColour() throws Exception {
    var root = parsed(course(20, true));
    var dashes =
        all(root).stream()
            .filter(element -> element.hasAttribute("stroke-dasharray"))
            .map(
                element -> element.getAttribute("class") + element.getAttribute("stroke-dasharray"))
            .distinct();
    assertThat(dashes).hasSize(2);
    assertThat(byTag(root, "text").stream().map(Element::getTextContent))
        .contains("before: 45", "Score (points)");
  }

  @Test
  void textOfAPersonIsTextInIt() throws Exception {
    var root = parsed(rows(Rows.Look.FILLED));
    assertThat(byTag(root, "text").stream().map(Element::getTextContent)).contains(NASTY);
  }

  @Test
  void colourCanBeSetByThePageAndIsThereWithoutOne() throws Exception {
    for (var element : all(parsed(course(20, true)))) {
      if (element.hasAttribute("class") && !element.getAttribute("class").equals("pic")) {
        assertThat(element.getAttribute("color")).matches("#[0-9a-f]{6}");
        assertThat(element.getAttribute("fill") + element.getAttribute("stroke"))
            .contains("currentColor");
      }
    }
  }

  private static Element parsed(Picture picture)
      throws ParserConfigurationException, SAXException, IOException {
    var factory = DocumentBuilderFactory.newDefaultInstance();
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(picture.svg("pic-7-x")))
        .getDocumentElement();
  }

  private static List<Element> all(Element root) {
    var all = new ArrayList<>(byTag(root, "*"));
    all.addFirst(root);
    return all;
  }

  private static List<Element> byTag(Element root, String tag) {
    var found = root.getElementsByTagName(tag);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }
}
