package org.smileadventure.web.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.language.Language;
import org.smileadventure.language.Vocabulary;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.web.fixture.Api;
import org.smileadventure.web.fixture.Browsing;
import org.smileadventure.web.fixture.Browsing.Look;
import org.smileadventure.web.fixture.Site;
import tools.jackson.databind.JsonNode;

@RealServers
class ChildPagesTest {
  private static final Site SITE = Site.shared();
  private static final String NAME = "Zoë <b>";

  private static final Site.Person PARENT = SITE.person("parent");
  private static final ChildId CHILD = SITE.child(PARENT, NAME);
  private static final ChildId NEW = SITE.child(PARENT, "Mia");

  @BeforeAll
  static void play() {
    org.smileadventure.web.fixture.Story.halfAYear(SITE, CHILD);
    org.smileadventure.web.fixture.Story.threeSessions(SITE, NEW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"30d", "all"})
  void fourSentencesAreThoseOfTheApi(String window) {
    var story = Api.as(PARENT).get("/api/v1" + at(CHILD, "/story?window=" + window), "en");
    try (var browsing = Browsing.withoutJavaScript()) {
      var page = browsing.logIn(PARENT).go(at(CHILD, "?window=" + window)).page();

      assertThat(page.locator("h1 bdi").textContent()).isEqualTo(NAME);
      assertThat(page.locator(".story .says").allTextContents())
          .hasSize(4)
          .containsExactlyElementsOf(
              story.path("sentences").valueStream().map(s -> text(s, "sentence")).toList());
      for (var sentence : story.path("sentences")) {
        var card = page.locator("#" + text(sentence, "topic"));
        assertThat(card.locator(".sure-" + text(sentence, "certainty")).count()).isOne();
        assertThat(card.locator("details li").allTextContents())
            .containsExactlyElementsOf(texts(sentence.path("why")));
      }
      assertThat(page.locator("section[aria-labelledby=next] li").allTextContents())
          .containsExactlyElementsOf(texts(story.path("next")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "it"})
  void figureIsThatOfTheApi(String tag) {
    // The language that somebody chooses stays with the account.
    var parent = SITE.person("parent");
    var child = SITE.child(parent, NAME);
    org.smileadventure.web.fixture.Story.halfAYear(SITE, child);
    var figure = Api.as(parent).get("/api/v1" + at(child, "/figures/distress?window=90d"), tag);
    var look = new Look(tag, 320);
    try (var browsing = Browsing.start(look, true)) {
      var page = browsing.logIn(parent).page();
      page.locator("#language").selectOption(tag);
      page.locator(".language button").click();
      browsing.go(at(child, "/figures/distress?window=90d"));

      assertThat(page.locator(".says").textContent()).isEqualTo(text(figure, "sentence"));
      assertThat(page.locator(".sure-" + text(figure, "certainty")).count()).isOne();
      assertThat(page.locator(".answer details li").allTextContents())
          .containsExactlyElementsOf(texts(figure.path("why")));
      assertThat(column(page, "#compared", 2)).first().isEqualTo(mean(tag, figure.path("measure")));
      assertThat(column(page, "#compared", 3))
          .first()
          .isEqualTo(mean(tag, figure.path("before").path("measure")));
      assertThat(column(page, "#points", 2).reversed())
          .isNotEmpty()
          .containsExactlyElementsOf(
              figure.path("points").valueStream().map(point -> mean(tag, point)).toList());
      assertThat(page.locator("figure.picture svg[role=img]").count()).isOne();
      browsing.fitsTheWidth();
      browsing.isAccessible();
      browsing.keep("figure-" + tag);
    }
  }

  @Test
  void pointsCanBeTakenAlong() throws IOException {
    var points =
        Api.as(PARENT)
            .get("/api/v1" + at(CHILD, "/figures/score?window=365d"), "en")
            .path("points");
    try (var browsing = Browsing.start()) {
      var page = browsing.logIn(PARENT).go(at(CHILD, "/figures/score?window=365d")).page();
      var download = page.waitForDownload(() -> page.locator("a[download]").click());

      assertThat(download.suggestedFilename()).startsWith("score-365d-").endsWith(".csv");
      var lines = Files.readString(download.path(), UTF_8).lines().toList();
      assertThat(lines.getFirst()).isEqualTo("from,to,sessions,mean_points");
      assertThat(lines.subList(1, lines.size()))
          .containsExactlyElementsOf(points.valueStream().map(ChildPagesTest::row).toList());
    }
  }

  private static String row(JsonNode point) {
    return "%s,%s,%d,%s"
        .formatted(
            text(point, "from"),
            text(point, "to"),
            point.path("n").asInt(),
            point.path("mean").decimalValue().toPlainString());
  }

  @Test
  void tooNewAChildIsToldWhatIsNeeded() {
    var needed = Api.as(PARENT).get("/api/v1" + at(NEW, "/figures/distress"), "en").path("needed");
    try (var browsing = Browsing.start()) {
      var page = browsing.logIn(PARENT).go(at(NEW, "/figures/distress")).page();

      assertThat(page.locator(".sure-too_early").count()).isOne();
      assertThat(page.locator(".needed").textContent()).isEqualTo(text(needed, "sentence"));
      browsing.go(at(NEW, ""));
      assertThat(page.locator(".story .needed").allTextContents())
          .isNotEmpty()
          .containsExactlyElementsOf(
              Api.as(PARENT)
                  .get("/api/v1" + at(NEW, "/story"), "en")
                  .path("sentences")
                  .valueStream()
                  .map(sentence -> sentence.path("needed"))
                  .filter(JsonNode::isObject)
                  .map(missing -> text(missing, "sentence"))
                  .toList());
      browsing.isAccessible();
      browsing.keep("too-early");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/figures/score", "/figures/score.csv"})
  void childOfSomebodyElseIsNoPage(String path) {
    try (var browsing = Browsing.start()) {
      var page = browsing.logIn(SITE.person("parent")).page();
      var answer = page.navigate(SITE.web() + at(CHILD, path));

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text()).doesNotContain("Zoë");
      assertThat(page.locator("h1").textContent()).isEqualTo("There is no such page");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/figures/height", "/figures/score?window=2d", "?window=2d"})
  void whatThereIsNotIsNoPage(String path) {
    try (var browsing = Browsing.start()) {
      var answer = browsing.logIn(PARENT).page().navigate(SITE.web() + at(CHILD, path));

      assertThat(answer.status()).isEqualTo(404);
    }
  }

  @Test
  void pageShowsWhatItCanWhereTheApiFailsAndSaysWhatItCannot() throws IOException {
    var api = withoutPictures(SITE.query());
    try (var pages =
            Site.pagesAsking(URI.create("http://127.0.0.1:" + api.getAddress().getPort()));
        var browsing = Browsing.start()) {
      browsing.go(pages.uri(), "/login").typeLogin(PARENT);
      var page = browsing.go(pages.uri(), at(CHILD, "/figures/score")).page();

      assertThat(page.locator(".note").textContent()).contains("picture cannot be had now");
      assertThat(page.locator("figure.picture").count()).isZero();
      assertThat(page.locator(".says").textContent()).contains("score");
      assertThat(column(page, "#points", 2)).isNotEmpty();

      api.stop(0);
      var answer = page.navigate(pages.uri() + at(CHILD, "/figures/score"));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(page.locator("h1").textContent()).isEqualTo("The answers cannot be reached now");
      assertThat(answer.text()).doesNotContain("Exception", "\tat ");
      assertThat(page.navigate(pages.uri() + "/meaning").ok()).isTrue();
    } finally {
      api.stop(0);
    }
  }

  /** The API, of which the part that draws does not answer. */
  private static HttpServer withoutPictures(URI query) throws IOException {
    var proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var client = HttpClient.newHttpClient();
    proxy.createContext(
        "/",
        exchange -> {
          try (exchange) {
            if (exchange.getRequestURI().getPath().contains("/pictures/")) {
              exchange.sendResponseHeaders(503, -1);
            } else {
              pass(exchange, query, client);
            }
          }
        });
    proxy.start();
    return proxy;
  }

  private static void pass(HttpExchange exchange, URI query, HttpClient client) throws IOException {
    var request =
        HttpRequest.newBuilder(query.resolve(exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    Stream.of("Authorization", "Content-Type", "Accept-Language")
        .filter(exchange.getRequestHeaders()::containsKey)
        .forEach(name -> request.header(name, exchange.getRequestHeaders().getFirst(name)));
    try {
      var answer = client.send(request.build(), BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static List<String> column(Page page, String table, int column) {
    return page
        .locator(table + " tbody td:nth-child(" + column + "):not([colspan])")
        .allTextContents()
        .stream()
        .map(String::strip)
        .toList();
  }

  private static String mean(String tag, JsonNode of) {
    return Vocabulary.amount(Language.of(tag, false), "seconds", of.path("mean").doubleValue());
  }

  private static String text(JsonNode of, String field) {
    return of.path(field).stringValue();
  }

  private static List<String> texts(JsonNode all) {
    return all.valueStream().map(JsonNode::stringValue).toList();
  }

  private static String at(ChildId child, String rest) {
    return "/children/" + child.value() + rest;
  }
}
