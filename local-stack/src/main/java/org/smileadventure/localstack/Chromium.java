package org.smileadventure.localstack;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The machine's own Chromium, without a window, driven by its own Node. For one thread at a time.
 */
public final class Chromium implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path node) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  /**
   * One that runs; empty if the machine has no Chromium or no Node.
   *
   * @throws StackException if it has none, and {@code SMILE_BROWSER=required} says that it must
   */
  public static Optional<Chromium> open() {
    var node = node();
    if (node != null && Files.isExecutable(PROGRAM)) {
      return Optional.of(new Chromium(node));
    }
    if ("required".equals(System.getenv("SMILE_BROWSER"))) {
      throw new StackException(
          "SMILE_BROWSER=required, and there is no " + PROGRAM + " or no node on the PATH");
    }
    return Optional.empty();
  }

  public Browser browser() {
    return browser;
  }

  private static @Nullable Path node() {
    var path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, "node"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
