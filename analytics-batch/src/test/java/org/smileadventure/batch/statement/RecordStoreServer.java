package org.smileadventure.batch.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.smileadventure.common.fixture.JavaProcess;
import org.smileadventure.common.xapi.Statement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A learning record store, which was made by others and holds all in memory. It is a process of its
 * own, and ends with this JVM.
 *
 * <p>Its packages come from npm. Where there is no npm, tests that need it are skipped; with {@code
 * SMILE_RECORD_STORE=required} they fail.
 */
final class RecordStoreServer implements AutoCloseable {
  private static final Path SOURCE =
      Path.of("src/test/resources/org/smileadventure/batch/statement/record-store");
  private static final Path HOME = Path.of("target", "record-store").toAbsolutePath();
  private static final Duration LONGEST_INSTALLATION = Duration.ofMinutes(5);
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  /** More than any test sends of somebody. */
  private static final int MOST_IN_A_PAGE = 10_000;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Process process;
  private final URI url;

  private RecordStoreServer(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Starts one that has nothing in it, and returns when it answers. */
  static RecordStoreServer start() {
    var packages = packages();
    var port = JavaProcess.freePort();
    try {
      // It reads settings from the directory that it is in.
      var directory = Files.createTempDirectory("record-store");
      var builder =
          new ProcessBuilder(
                  "node",
                  "-r",
                  HOME.resolve("preload.cjs").toString(),
                  packages.resolve("@learninglocker/xapi-statements/dist/server.js").toString())
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(HOME.resolve("server-" + port + ".log").toFile());
      builder
          .environment()
          .putAll(
              Map.of(
                  "AUTH_REPO", "test",
                  "EVENTS_REPO", "test",
                  "MODELS_REPO", "memory",
                  "STORAGE_REPO", "memory",
                  "SERVICE_AWAIT_UPDATES", "true",
                  "EXPRESS_PORT", String.valueOf(port),
                  "LANG", "en"));
      var server =
          new RecordStoreServer(builder.start(), URI.create("http://127.0.0.1:" + port + "/xAPI"));
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where its packages are, and the published schema of statements among them. */
  static Path packages() {
    need(isOnThePath("node") && isOnThePath("npm"), "there is no node or no npm on the PATH");
    need(areInstalled(), "npm could not install what is needed; see " + HOME.resolve("npm.log"));
    return HOME.resolve("node_modules");
  }

  private static void need(boolean there, String otherwise) {
    if (!there && "required".equals(System.getenv("SMILE_RECORD_STORE"))) {
      throw new AssertionError("SMILE_RECORD_STORE=required, and " + otherwise);
    }
    Assumptions.assumeTrue(there, otherwise + ": no record store is sent anything");
  }

  private static boolean isOnThePath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Installs them if they are not there as the lock file says; one process at a time does. */
  private static synchronized boolean areInstalled() {
    try {
      Files.createDirectories(HOME);
      try (var channel = FileChannel.open(HOME.resolve("in-use"), CREATE, WRITE);
          var _ = channel.lock()) {
        var locked = SOURCE.resolve("package-lock.json");
        var installed = HOME.resolve("installed.json");
        copySource();
        if (isSame(locked, installed)) {
          return true;
        }
        Files.deleteIfExists(installed);
        if (!install()) {
          return false;
        }
        Files.copy(locked, installed);
        return true;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copySource() throws IOException {
    List<Path> files;
    try (var all = Files.walk(SOURCE)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (var file : files) {
      var copy = HOME.resolve(SOURCE.relativize(file));
      if (!isSame(file, copy)) {
        Files.createDirectories(copy.resolveSibling(""));
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static boolean isSame(Path file, Path copy) throws IOException {
    return Files.exists(copy) && Files.mismatch(file, copy) == -1;
  }

  private static boolean install() throws IOException {
    var npm =
        new ProcessBuilder(
                "npm", "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund")
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(HOME.resolve("npm.log").toFile())
            .start();
    return hasEnded(npm, LONGEST_INSTALLATION) && npm.exitValue() == 0;
  }

  /** Kills it if it does not end in time. */
  private static boolean hasEnded(Process process, Duration limit) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    return false;
  }

  private void awaitReady() {
    try {
      await()
          .atMost(LONGEST_START)
          .pollInterval(Duration.ofMillis(100))
          .ignoreExceptionsInstanceOf(UncheckedIOException.class)
          .failFast("the record store has ended; its log is in " + HOME, () -> !process.isAlive())
          .until(() -> get("/xAPI/about").statusCode() == 200);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Of its resources, as a sender is told it. */
  URI url() {
    return url;
  }

  /** Has statements stored; returns what it answers. */
  HttpResponse<String> post(byte[] statements) {
    return send(
        request("/xAPI/statements")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(statements)));
  }

  /** All that it has of whom a system knows by this name. */
  List<JsonNode> statements(URI homePage, String name) {
    var agent =
        Map.of(
            "objectType",
            "Agent",
            "account",
            Map.of("homePage", homePage.toString(), "name", name));
    var statements = new ArrayList<JsonNode>();
    var next =
        "/xAPI/statements?limit="
            + MOST_IN_A_PAGE
            + "&agent="
            + URLEncoder.encode(JSON.writeValueAsString(agent), UTF_8);
    while (!next.isEmpty()) {
      var answer = get(next);
      if (answer.statusCode() != 200) {
        throw new AssertionError("the record store answers " + answer.body());
      }
      var page = JSON.readTree(answer.body());
      page.path("statements").forEach(statements::add);
      next = page.path("more").asString("");
    }
    return statements;
  }

  private HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url.resolve(path))
        .header(Statement.VERSION_HEADER, Statement.XAPI)
        .header("Authorization", "Basic dGVzdDp0ZXN0");
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      // Which it takes for the end.
      process.getOutputStream().close();
    } catch (IOException _) {
      // It has ended already.
    }
    hasEnded(process, LONGEST_END);
  }
}
