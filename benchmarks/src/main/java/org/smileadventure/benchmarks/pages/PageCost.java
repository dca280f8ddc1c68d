package org.smileadventure.benchmarks.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.smileadventure.benchmarks.bed.Bars;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.Clock;
import org.smileadventure.benchmarks.bed.Home;
import org.smileadventure.benchmarks.bed.Median;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.benchmarks.play.PlayHistory;
import org.smileadventure.benchmarks.services.QueryService;
import org.smileadventure.localstack.ApplicationServer;
import org.smileadventure.localstack.Chromium;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a page costs beside the answers of the API that it shows, and how soon it is seen. */
@Command(
    name = "pages",
    mixinStandardHelpOptions = true,
    description =
        "A page's own time against that of the API; what a browser loads; and how soon it shows the"
            + " largest of it, against a bare page with the same picture.")
public final class PageCost implements Callable<Integer> {
  private static final double BAR_OVERHEAD_MILLIS = 5;
  private static final double BAR_KILOBYTES = 100;
  private static final double BAR_LCP = 1.5;
  private static final String EMAIL = "pages@example.org";
  private static final String PASSWORD = "a long and quiet password";

  /** Requests until what makes a page is compiled. */
  private static final int WARM_UP = 1_000;

  private static final Pattern TIMING = Pattern.compile("total;dur=([0-9.]+), api;dur=([0-9.]+)");

  /**
   * Told by the browser when it has shown it; nothing greater came in the time of a frame or two.
   */
  private static final String LCP =
      """
      () => new Promise(done => {
        let last = 0;
        new PerformanceObserver(seen => { for (const one of seen.getEntries()) last = one.startTime; })
          .observe({type: 'largest-contentful-paint', buffered: true});
        setTimeout(() => done(last), 300);
      })
      """;

  private static final String TRANSFERRED =
      """
      () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .reduce((sum, one) => sum + one.transferSize, 0)
      """;

  @Option(names = "--rounds", description = "of each page (default: ${DEFAULT-VALUE})")
  private int rounds = 60;

  @Option(names = "--sessions", description = "of the child (default: ${DEFAULT-VALUE})")
  private int sessions = 300;

  private final Clock clock = new Clock();

  @Override
  public Integer call() {
    clock.phase("servers");
    try (var testbed = Testbed.open("pages")) {
      var child = play(testbed);
      var unused = testbed.directory("query-api").resolve("answer.json");
      try (var query = new QueryService(testbed, "query-api", testbed.jdbcUrl(), unused);
          var pages = pages(testbed, query.address());
          var chromium =
              Chromium.open()
                  .orElseThrow(
                      () -> new BenchmarkFailure("there is no Chromium or no Node here"))) {
        pages.start();
        measure(chromium.browser(), pages.uri(), child);
      }
    }
    return 0;
  }

  private long play(Testbed testbed) {
    clock.phase("play");
    testbed.migrate();
    var jdbc = testbed.jdbc();
    var children = Testbed.makeChildren(jdbc, 1);
    new PlayHistory(testbed.jdbcUrl(), children, sessions, 365, LocalDate.now(ZoneOffset.UTC))
        .grow(365);
    jdbc.update(
        "UPDATE auth_users SET email = ?, hashed_password = ? WHERE id = (SELECT parent_id FROM children WHERE id = ?)",
        EMAIL,
        "{noop}" + PASSWORD,
        children.getFirst().value());
    jdbc.execute("VACUUM (ANALYZE)");
    return children.getFirst().value();
  }

  private static ApplicationServer pages(Testbed testbed, URI query) {
    return new ApplicationServer(
        "web",
        testbed.directory("web"),
        Home.services().resolve("web").resolve("web.jar"),
        0,
        List.of("-Xmx256m", "-XX:+UseSerialGC"),
        Map.of("SMILE_QUERY_URL", query.toString()));
  }

  private void measure(Browser browser, URI site, long child) {
    var paths =
        List.of(
            "/",
            "/children/" + child + "?window=90d",
            "/children/" + child + "/figures/score?window=90d",
            "/children/" + child + "/feelings?window=90d");
    try (var context = browser.newContext()) {
      var page = context.newPage();
      page.navigate(site + "/login");
      page.locator("#email").fill(EMAIL);
      page.locator("#password").fill(PASSWORD);
      page.locator("main button").first().click();
      page.waitForURL(site + "/");
      clock.phase("a page's own time");
      var overhead = 0.0;
      for (var path : paths) {
        var request = asTheBrowser(context, site + path);
        own(request, WARM_UP);
        var measured = own(request, rounds);
        System.out.printf("  %-44s %6.2f ms beside the API%n", path, measured);
        overhead = Math.max(overhead, measured);
      }
      clock.phase("how soon it is seen");
      var kilobytes = firstVisit(browser, site);
      var figure = paths.get(2);
      page.navigate(site + figure);
      var picture = page.locator("figure.picture").first().innerHTML();
      var bare = bare(picture);
      try {
        var bareUrl = "http://127.0.0.1:" + bare.getAddress().getPort() + "/";
        var shown = lcp(page, site + figure);
        var shownBare = lcp(page, bareUrl);
        System.out.printf("  %-44s %6.1f ms%n  %-44s %6.1f ms%n", figure, shown, "bare", shownBare);
        new Bars()
            .atMost("page_overhead_ms", overhead, BAR_OVERHEAD_MILLIS)
            .atMost("page_kb", kilobytes, BAR_KILOBYTES)
            .atMost("lcp_ratio", shown / shownBare, BAR_LCP)
            .tell();
      } finally {
        bare.stop(0);
      }
    }
  }

  private static HttpRequest asTheBrowser(BrowserContext context, String url) {
    var cookies =
        context.cookies().stream()
            .map(cookie -> cookie.name + "=" + cookie.value)
            .collect(Collectors.joining("; "));
    return HttpRequest.newBuilder(URI.create(url)).header("Cookie", cookies).build();
  }

  /**
   * The median of what the page took beside the API, as the page tells it. A browser on the same
   * machine would draw the page before meanwhile, and take the processor for it.
   */
  private static double own(HttpRequest page, int times) {
    try (var http = HttpClient.newHttpClient()) {
      var took = new ArrayList<Double>();
      for (int i = 0; i < times; i++) {
        var answer = http.send(page, BodyHandlers.discarding());
        var timing = TIMING.matcher(answer.headers().firstValue("server-timing").orElse(""));
        if (answer.statusCode() != 200 || !timing.find()) {
          throw new BenchmarkFailure(page.uri() + " does not tell how long it took");
        }
        took.add(Double.parseDouble(timing.group(1)) - Double.parseDouble(timing.group(2)));
      }
      return Median.of(took);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted");
    }
  }

  private double lcp(Page page, String url) {
    return Median.of(
        IntStream.range(0, rounds)
            .mapToObj(
                _ -> {
                  page.navigate(url);
                  return ((Number) page.evaluate(LCP)).doubleValue();
                })
            .toList());
  }

  /** Kilobytes on the wire of the first page that somebody sees, and of all that it needs. */
  private static double firstVisit(Browser browser, URI site) {
    try (var context = browser.newContext()) {
      var page = context.newPage();
      page.navigate(site + "/login");
      return ((Number) page.evaluate(TRANSFERRED)).doubleValue() / 1_000;
    }
  }

  private static HttpServer bare(String picture) {
    var html =
        """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bare</title></head>
        <body><h1>A figure</h1><p>A sentence that says what the picture shows.</p>%s</body></html>
        """
            .formatted(picture)
            .getBytes(UTF_8);
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
