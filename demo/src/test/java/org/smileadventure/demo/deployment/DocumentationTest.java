package org.smileadventure.demo.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages refer to is there, and whoever begins with the README finds all of them. */
class DocumentationTest {
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");

  static List<String> pages() throws IOException {
    try (var top = Files.list(Checkout.file(""));
        var docs = Files.walk(Checkout.file("docs"))) {
      return Stream.concat(
              Stream.concat(top, docs),
              Stream.of("demo/README.md", "benchmarks/README.md").map(Checkout::file))
          .filter(file -> file.toString().endsWith(".md"))
          .map(DocumentationTest::name)
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(String page) {
    assertThat(links(page).stream().filter(link -> Files.notExists(target(page, link)))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void anchorsAreHeadings(String page) {
    assertThat(
            links(page).stream()
                .filter(link -> link.getFragment() != null)
                .filter(link -> !anchors(target(page, link)).contains(link.getFragment())))
        .isEmpty();
  }

  @Test
  void everyPageIsReachedFromTheReadme() throws IOException {
    var reached = new HashSet<String>();
    reach("README.md", reached);
    assertThat(reached).containsAll(pages());
  }

  private static void reach(String page, Set<String> reached) {
    if (reached.add(page)) {
      links(page).stream()
          .map(link -> name(target(page, link)))
          .filter(file -> file.endsWith(".md"))
          .filter(file -> Files.exists(Checkout.file(file)))
          .forEach(file -> reach(file, reached));
    }
  }

  /** Those into this repository. */
  private static List<URI> links(String page) {
    return LINK.matcher(prose(Checkout.file(page)))
        .results()
        .map(link -> URI.create(link.group(1)))
        .filter(link -> !link.isAbsolute())
        .toList();
  }

  private static Path target(String page, URI link) {
    var file = Checkout.file(page);
    return link.getPath().isEmpty() ? file : file.resolveSibling(link.getPath()).normalize();
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path page) {
    return HEADING
        .matcher(prose(page))
        .results()
        .map(
            heading ->
                heading
                    .group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'))
        .toList();
  }

  private static String prose(Path page) {
    return CODE_BLOCK.matcher(Checkout.text(name(page))).replaceAll("");
  }

  private static String name(Path file) {
    return Checkout.file("").relativize(file).toString();
  }
}
