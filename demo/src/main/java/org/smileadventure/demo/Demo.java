package org.smileadventure.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.demo.story.Story;
import org.smileadventure.demo.story.StoryChild;
import org.smileadventure.demo.story.StoryPeople;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.StackException;
import org.smileadventure.localstack.StackOptions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code ./smile demo}: the main job, on real servers and real play sessions, in one go. */
@Command(
    name = "smile demo",
    mixinStandardHelpOptions = true,
    description =
        "Starts PostgreSQL, Redis, Kafka, the services and the pages, sends 1,000 real play sessions"
            + " and a year of six made-up children through them, runs the nightly job, asks the"
            + " API, and stays up until Ctrl-C.")
final class Demo implements Callable<Integer> {
  private static final int PHASES = 6;
  private static final int CHILDREN_ASKED = 30;
  private static final int CHILDREN_TO_WARM_UP = 60;

  /** Left in the data directory by a run that came to its end, with what it had stored. */
  private static final String COMPLETE = "complete.properties";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Option(names = "--exit", description = "check the figures, print a RESULT line and end")
  boolean exit;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keep the servers' data there and find it again; else it is thrown away")
  @Nullable Path data;

  @Option(
      names = "--port",
      description = "of the query API on 127.0.0.1 (default: any free one)",
      defaultValue = "0")
  int port;

  @Option(names = "--home", hidden = true, description = "the checkout, as ./smile tells it")
  Path home = Path.of(".");

  private final PrintStream out = System.out;
  private final Progress progress = new Progress(out, PHASES);

  public static void main(String[] arguments) {
    var commandLine = new CommandLine(new Demo());
    commandLine.setExecutionExceptionHandler(
        (failure, _, _) -> {
          if (failure instanceof StackException || failure instanceof DemoFailure) {
            System.err.println("smile demo: " + failure.getMessage());
          } else {
            failure.printStackTrace();
          }
          return 1;
        });
    System.exit(commandLine.execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    var scratch = home.toAbsolutePath().normalize().resolve(".smile");
    var directory = data == null ? scratch.resolve("demo") : data.toAbsolutePath().normalize();
    var servicesDirectory = directory.resolve("services");
    var clean = false;
    progress.phase("servers");
    var options =
        StackOptions.in(directory.resolve("stack"))
            .withBinariesIn(scratch.resolve("bin"))
            .withKafkaInOwnProcess()
            .reportingTo(progress::line);
    try (var stack = LocalStack.open(data == null ? options : options.keepingData())) {
      var jdbcUrl = stack.jdbcUrl("postgres");
      progress.phase("services");
      try (var mail = new Postbox(directory.resolve("mail"));
          var services =
              Services.start(
                  stack,
                  jdbcUrl,
                  mail.url(),
                  servicesDirectory,
                  scratch.resolve("services"),
                  port)) {
        Files.writeString(
            scratch.resolve("addresses"), addresses(stack, services, directory.resolve("mail")));
        progress.line("ready in %.1f s".formatted(progress.seconds()));
        var status = run(stack, jdbcUrl, services, directory.resolve(COMPLETE));
        clean = status == 0 && data == null;
        return status;
      }
    } finally {
      if (clean) {
        // The logs are worth keeping only where something went wrong.
        FileSystemUtils.deleteRecursively(servicesDirectory);
      }
    }
  }

  /** For a shell beside the demo: {@code . .smile/addresses}. */
  private static String addresses(LocalStack stack, Services services, Path mail) {
    return """
        export PAGES=%s
        export QUERY=%s
        export INGEST=%s
        export BATCH=%s
        export MAIL='%s'
        export SMILE_DATABASE_URL='%s'
        export SMILE_MIGRATION_USER=postgres
        export SMILE_KAFKA_BOOTSTRAP_SERVERS=%s
        """
        .formatted(
            services.pages(),
            services.queryApi(),
            services.ingestApi(),
            services.batchApi(),
            mail,
            stack.jdbcUrl("postgres"),
            stack.bootstrapServers());
  }

  private int run(LocalStack stack, String jdbcUrl, Services services, Path complete)
      throws InterruptedException, IOException {
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(jdbcUrl);
    var jdbc = JdbcClient.create(dataSource);
    var figures = new Figures(jdbc);
    var families = new Families(jdbc);
    var api = new Api(services.queryApi(), services.batchApi(), services.ingestApi());
    if (families.areThere()) {
      if (!Files.exists(complete)) {
        throw new DemoFailure(
            "%s holds what a run has left that did not come to its end; empty it, or take another"
                .formatted(complete.getParent()));
      }
      progress.line("the data of an earlier run is here; nothing is sent again");
      var checks = checksAgainst(complete, figures);
      if (failed(checks)) {
        return 1;
      }
      progress.line(
          "%,d events and %,d sessions, as that run left them"
              .formatted(figures.events(), figures.sessions()));
      tellHowToGoOn(services, families, figures.busiestPlayers(1).getFirst());
      return stayUp();
    }

    try (var topic = new Topic(stack.bootstrapServers(), new EventCodec(InstantSource.system()))) {
      progress.phase("events through Kafka into PostgreSQL");
      var recorded = RecordedSession.all();
      var children =
          families.make(recorded.stream().map(RecordedSession::player).distinct().toList());
      var replay = new Replay();
      var now = Instant.now();
      var real = replay.events(recorded, children, now);
      var madeUp = Story.events(new StoryPeople(jdbc).make(families.passwordHash(), now), now);
      var events = Stream.concat(real.stream(), madeUp.stream()).toList();
      var sent = withRedeliveries(events);
      progress.line(
          "%,d events of %,d real sessions of %,d players"
              .formatted(real.size(), recorded.size(), children.size()));
      progress.line(
          "%,d events of %,d made-up sessions, the year of %d children who do not exist"
              .formatted(madeUp.size(), sessions(madeUp), StoryChild.values().length));
      progress.line("%,d of them are sent twice".formatted(sent.size() - events.size()));
      topic.send(sent, count -> progress.count("sent", count));
      progress.count("sent", sent.size());
      awaitNoLag(topic, figures);
      progress.count("stored", figures.events());

      // What is not summarised yet is in the answers all the same.
      var visit = exit ? visit(services.pages(), families) : null;
      progress.phase("the nightly job");
      runJob(api, "nightly");
      var childMonths = figures.summarisedMonths();
      progress.count("child-months summarised", childMonths);
      progress.count("windows computed", figures.windows());
      var dirtyMonths = figures.dirtyMonths();
      runJob(api, "reconcile");
      progress.line("every summary is what its definition says");
      awaitInvalidation(figures);

      progress.phase("answers");
      var busiest = figures.busiestPlayers(CHILDREN_ASKED + CHILDREN_TO_WARM_UP);
      var others = busiest.subList(CHILDREN_ASKED, busiest.size());
      var parentsOfOthers = others.stream().map(families::parentOf).toList();
      ask(api, others, parentsOfOthers);
      progress.count("asked to warm up the service", others.size());
      var pages = visit == null ? OptionalInt.empty() : join(visit);
      var asked = busiest.subList(0, CHILDREN_ASKED);
      var parents = asked.stream().map(families::parentOf).toList();
      parents.forEach(api::token);
      var cold = ask(api, asked, parents);
      var cached = ask(api, asked, parents);
      progress.line(
          "median of %d children: %.1f ms from PostgreSQL, %.1f ms from Redis"
              .formatted(asked.size(), medianMillis(cold), medianMillis(cached)));

      progress.phase("one more session, over HTTP");
      var child = asked.getFirst();
      var before = cached.getFirst();
      var one = replay.oneMore(child, Instant.now().truncatedTo(ChronoUnit.MILLIS));
      var receipt = api.collect(child, parents.getFirst(), topic.cloudEvents(one));
      awaitNoLag(topic, figures);
      var fresh = api.analytics(child, parents.getFirst());
      progress.line(
          "sessions of child %s: %d before, %d after; %s"
              .formatted(
                  child, sessions(before), sessions(fresh), fresh.cached() ? "cached" : "fresh"));

      var checks =
          List.of(
              new Check("events stored", events.size() + one.size(), figures.events()),
              new Check("sessions", recorded.size() + sessions(madeUp) + 1, figures.sessions()),
              new Check("accepted over HTTP", one.size(), receipt.get("accepted").longValue()),
              new Check("sessions not ended", 0, figures.openSessions()),
              new Check(
                  "sessions of more than a day",
                  longSessions(recorded),
                  figures.sessionsOfOverADay()),
              new Check("quarantined", 0, topic.quarantined()),
              new Check("months not summarised", 0, dirtyMonths),
              new Check("first answers from the cache", 0, fromCache(cold)),
              new Check("second answers from the cache", asked.size(), fromCache(cached)),
              new Check(
                  "sessions in the answer after one more", sessions(before) + 1, sessions(fresh)),
              new Check("third answer from the cache", 0, fromCache(List.of(fresh))),
              new Check("children of the made-up mother", 5, children(api, StoryPeople.GIULIA)),
              new Check(
                  "children of the made-up therapist", 3, children(api, StoryPeople.THERAPIST)));
      tellFigures(sent.size(), childMonths, figures, topic, cold, cached, fresh);
      tellDashboard(api.dashboard(families.parentOf(child)), child, sessions(fresh));
      if (failed(checks)) {
        return 1;
      }
      if (data != null) {
        Files.writeString(
            complete, "events=%d%nsessions=%d%n".formatted(figures.events(), figures.sessions()));
      }
      if (exit) {
        out.printf(
            "RESULT events=%d sessions=%d child_months=%d cold_ms=%.1f cached_ms=%.1f fresh=true"
                + " pages=%s%n",
            figures.events(),
            figures.sessions(),
            childMonths,
            medianMillis(cold),
            medianMillis(cached),
            pages.isPresent() ? pages.getAsInt() : "no_browser");
        return 0;
      }
      tellHowToGoOn(services, families, child);
    }
    return stayUp();
  }

  private static CompletableFuture<OptionalInt> visit(URI pages, Families families) {
    var child = families.children(StoryPeople.GIULIA).getFirst();
    return CompletableFuture.supplyAsync(
        () -> Visit.by(StoryPeople.GIULIA, Families.PASSWORD, pages, child));
  }

  private static OptionalInt join(CompletableFuture<OptionalInt> visit) {
    try {
      return visit.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private record Check(String what, long expected, long found) {
    boolean holds() {
      return expected == found;
    }

    @Override
    public String toString() {
      return "%s: expected %,d, found %,d".formatted(what, expected, found);
    }
  }

  private static boolean failed(List<Check> checks) {
    var wrong = checks.stream().filter(check -> !check.holds()).toList();
    wrong.forEach(check -> System.err.println("smile demo: " + check));
    return !wrong.isEmpty();
  }

  private static List<Check> checksAgainst(Path complete, Figures figures) throws IOException {
    var left = new Properties();
    try (var reader = Files.newBufferedReader(complete)) {
      left.load(reader);
    }
    // Somebody may have sent more since.
    return List.of(
        atLeast("events stored", left.getProperty("events", ""), figures.events()),
        atLeast("sessions", left.getProperty("sessions", ""), figures.sessions()));
  }

  private static Check atLeast(String what, String left, long found) {
    var expected = Long.parseLong(left);
    return new Check(what, expected, Math.min(expected, found));
  }

  /** Every hundredth event comes twice, as after a lost acknowledgement. */
  private static List<SessionEvent> withRedeliveries(List<SessionEvent> events) {
    var sent = new ArrayList<SessionEvent>(events.size() + events.size() / 100);
    for (int i = 0; i < events.size(); i++) {
      sent.add(events.get(i));
      if (i % 100 == 99) {
        sent.add(events.get(i - 50));
      }
    }
    return sent;
  }

  private void awaitNoLag(Topic topic, Figures figures) throws InterruptedException {
    var deadline = Instant.now().plus(PATIENCE);
    for (int look = 1; topic.lag() > 0; look++) {
      if (Instant.now().isAfter(deadline)) {
        throw new DemoFailure(
            "%,d events are still to be stored after %s; see the log of ingest-service"
                .formatted(topic.lag(), PATIENCE));
      }
      if (look % 20 == 0) {
        progress.count("stored", figures.events());
      }
      Thread.sleep(100);
    }
  }

  /** What the night has changed is out of the cache: then an answer stays in it. */
  private static void awaitInvalidation(Figures figures) throws InterruptedException {
    var deadline = Instant.now().plus(PATIENCE);
    while (figures.pendingInvalidations() > 0) {
      if (Instant.now().isAfter(deadline)) {
        throw new DemoFailure("answers are still to be invalidated after " + PATIENCE);
      }
      Thread.sleep(50);
    }
  }

  private void runJob(Api api, String job) throws InterruptedException {
    var execution = api.startJob(job);
    var id = execution.get("id").longValue();
    var deadline = Instant.now().plus(PATIENCE);
    while (execution.get("status").stringValue().startsWith("START")) {
      if (Instant.now().isAfter(deadline)) {
        throw new DemoFailure("job " + job + " is still running after " + PATIENCE);
      }
      Thread.sleep(50);
      execution = api.execution(id);
    }
    if (!execution.get("status").stringValue().equals("COMPLETED")) {
      throw new DemoFailure(
          "job "
              + job
              + " ended as "
              + execution.get("status").stringValue()
              + ": "
              + execution.get("failure"));
    }
  }

  private static List<Api.Timed> ask(Api api, List<ChildId> children, List<String> parents) {
    var answers = new ArrayList<Api.Timed>();
    for (int i = 0; i < children.size(); i++) {
      answers.add(api.analytics(children.get(i), parents.get(i)));
    }
    return answers;
  }

  private static double medianMillis(List<Api.Timed> answers) {
    var nanos = answers.stream().mapToLong(answer -> answer.took().toNanos()).sorted().toArray();
    return nanos[nanos.length / 2] / 1e6;
  }

  private static long fromCache(List<Api.Timed> answers) {
    return answers.stream().filter(Api.Timed::cached).count();
  }

  private static long sessions(Api.Timed answer) {
    return answer.body().get("totals").get("sessions").longValue();
  }

  private static long sessions(List<SessionEvent> events) {
    return events.stream().filter(event -> event.type() == EventType.SESSION_STARTED).count();
  }

  private static int children(Api api, String email) {
    return api.dashboard(email).get("children").size();
  }

  private static long longSessions(List<RecordedSession> recorded) {
    return recorded.stream().filter(s -> s.duration().compareTo(Duration.ofDays(1)) > 0).count();
  }

  private void tellFigures(
      long sent,
      long childMonths,
      Figures figures,
      Topic topic,
      List<Api.Timed> cold,
      List<Api.Timed> cached,
      Api.Timed fresh) {
    out.println();
    row("events sent", "%,d".formatted(sent));
    row("events stored, each once", "%,d".formatted(figures.events()));
    row("sessions", "%,d".formatted(figures.sessions()));
    row("sessions of more than a day", "%,d".formatted(figures.sessionsOfOverADay()));
    row("events quarantined", "%,d".formatted(topic.quarantined()));
    row("child-months summarised", "%,d".formatted(childMonths));
    row("answer from PostgreSQL", "%.1f ms".formatted(medianMillis(cold)));
    row("the same from Redis", "%.1f ms".formatted(medianMillis(cached)));
    row(
        "after one more session",
        "%.1f ms, %s".formatted(fresh.took().toNanos() / 1e6, fresh.cached() ? "STALE" : "fresh"));
    out.println();
  }

  /** What the parent of that child sees first; it has to be what the analytics say. */
  private void tellDashboard(JsonNode dashboard, ChildId child, long sessionsOfMonth) {
    out.println("  The dashboard of the parent whose child played once more:");
    for (var card : dashboard.get("children")) {
      var trend = card.get("trends").get("score");
      out.printf(
          "    %-12s %d sessions this week, %d this month, score %s, %s%n",
          card.get("name").stringValue(),
          card.get("week").get("sessions").longValue(),
          card.get("month").get("sessions").longValue(),
          card.get("score_mean").isNull()
              ? "not known"
              : "%.1f".formatted(card.get("score_mean").doubleValue()),
          trend.isNull() ? "too few to tell where it goes" : trend.stringValue());
      if (card.get("child_id").longValue() == child.value()
          && card.get("month").get("sessions").longValue() != sessionsOfMonth) {
        throw new DemoFailure(
            "the dashboard says %s, the analytics %d sessions"
                .formatted(card.get("month").get("sessions"), sessionsOfMonth));
      }
    }
    out.println();
  }

  private void row(String name, String value) {
    out.printf("  %-30s %14s%n", name, value);
  }

  /** Somebody who can log in. */
  private record Login(String who, String email, String sees) {}

  private void tellHowToGoOn(Services services, Families families, ChildId player) {
    var child = families.children(StoryPeople.GIULIA).getFirst();
    out.printf(
        "Open %s in a browser. The password of all is %s.%n%n",
        services.pages(), Families.PASSWORD);
    tellLogins(
        List.of(
            new Login("a mother", StoryPeople.GIULIA, "five made-up children, a year of play"),
            new Login("a therapist", StoryPeople.THERAPIST, "three of the made-up children"),
            new Login("a mother", StoryPeople.ELENI, "a made-up child who stopped playing"),
            new Login("a parent", families.parentOf(player), "players of the real sessions"),
            new Login("an admin", Families.ADMIN, "the console, population")));
    out.printf(
        """

        The same over the query API at %1$s, child %3$s of the first one:

          TOKEN=$(curl -s %1$s/api/v1/auth/token -H 'Content-Type: application/json' \\
            -d '{"email": "%2$s", "password": "%4$s"}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
          curl -s -H "Authorization: Bearer $TOKEN" '%1$s/api/v1/dashboard'
          curl -s -H "Authorization: Bearer $TOKEN" '%1$s/api/v1/children/%3$s/analytics?window=90d'
          curl -s -H "Authorization: Bearer $TOKEN" '%1$s/api/v1/children/%3$s/sessions?limit=3'

        Devices send events to %6$s/api/v1/events, and docs/events.md tells how.
        What the admin's console shows is at %6$s/api/v1/quarantine and
        %5$s/api/v1/jobs too. Ctrl-C ends it all.
        """,
        services.queryApi(),
        StoryPeople.GIULIA,
        child,
        Families.PASSWORD,
        services.batchApi(),
        services.ingestApi());
  }

  private void tellLogins(List<Login> logins) {
    logins.forEach(
        login -> out.printf("  %-12s %-24s %s%n", login.who(), login.email(), login.sees()));
  }

  private int stayUp() throws InterruptedException {
    if (!exit) {
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
